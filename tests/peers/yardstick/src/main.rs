//! How long it takes to parse JSON into `serde_json::Value` with default features: bytes in memory, CPU time of the thread.

use std::fs;
use std::hint::black_box;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, _, _, files, seconds] = arguments.as_slice() else {
        eprintln!("usage: yardstick bench PACKAGES FILES SECONDS");
        std::process::exit(2);
    };
    let files = fs::read_to_string(files).expect("the list of files is readable");
    let texts: Vec<Vec<u8>> = files.lines().map(|file| fs::read(file).expect("the file is readable")).collect();
    let seconds: f64 = seconds.parse().expect("seconds are a number");
    pass(&texts);
    let begin = cpu_seconds();
    let mut rounds = 0;
    while rounds == 0 || cpu_seconds() - begin < seconds {
        pass(&texts);
        rounds += 1;
    }
    println!("{{\"rounds\": {rounds}, \"cpu_seconds\": {:.6}, \"issues\": 0}}", cpu_seconds() - begin);
}

fn pass(texts: &[Vec<u8>]) {
    for text in texts {
        // Lines of NDJSON are parsed one by one.
        for line in text.split(|byte| *byte == b'\n').filter(|_| is_lines(text)) {
            if !line.is_empty() {
                black_box(serde_json::from_slice::<serde_json::Value>(line).expect("the line is JSON"));
            }
        }
        if !is_lines(text) {
            black_box(serde_json::from_slice::<serde_json::Value>(text).expect("the file is JSON"));
        }
    }
}

/// Whether each line is a document of its own.
fn is_lines(text: &[u8]) -> bool {
    text.starts_with(b"{\"")
}

/// CPU time of this thread, as Linux counts it in nanoseconds.
fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts the thread's time");
    let nanoseconds: f64 = text.split(' ').next().and_then(|first| first.parse().ok()).expect("the first number is the time");
    nanoseconds / 1e9
}
