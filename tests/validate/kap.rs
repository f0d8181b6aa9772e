//! The binary under test, with a limit on what it may take.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

/// How long a run may take before it counts as hanging: far more than it needs, even without optimisation and with
/// other tests beside it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
/// What a run may take of memory, in KiB of address space, where the operating system can be told.
const MEMORY: u32 = 2 << 20;

/// `kap`, in `folder`.
pub(crate) fn kap(folder: &Path) -> Command {
    let binary = env!("CARGO_BIN_EXE_kap");
    let mut command = if cfg!(target_os = "linux") {
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""), binary]);
        limited
    } else {
        Command::new(binary)
    };
    command
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("KAP_CACHE_DIR", folder.join(".cache"));
    command
}

/// Runs `kap` and answers exit code, standard output and standard error.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let [out, err] = ["out", "err"].map(|name| folder.join(name));
    let file = |path: &Path| File::create(path).expect("the folder is writable");
    let mut command = kap(folder);
    command.args(arguments).stdout(file(&out)).stderr(file(&err));
    let mut process = command.spawn().expect("kap can be started");
    let Some(code) = ended(&mut process) else {
        panic!("{arguments:?} takes longer than {PATIENCE:?}");
    };
    let text = |path: &Path| std::fs::read_to_string(path).expect("kap prints UTF-8");
    (code, text(&out), text(&err))
}

/// The exit code of a process that ends in time; the others are ended here.
fn ended(process: &mut Child) -> Option<i32> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = process.try_wait().expect("it is our process") {
            return Some(status.code().unwrap_or(-1));
        }
        thread::sleep(Duration::from_millis(10));
    }
    process.kill().and_then(|()| process.wait()).expect("it is our process");
    None
}
