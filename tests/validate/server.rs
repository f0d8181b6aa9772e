//! A server that answers every request with the same bytes, whatever they are.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A running server; its thread ends with the test process.
pub(crate) struct Server {
    pub(crate) base: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server that answers with `answer`, head and body.
    pub(crate) fn answering(answer: impl Into<Vec<u8>>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let received: Arc<Mutex<Vec<String>>> = Arc::default();
        let (answer, heard) = (answer.into(), Arc::clone(&received));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever hangs up early is no matter of the test.
                if let Some(request) = exchange(stream, &answer) {
                    heard.lock().expect("nobody panics with it").push(request);
                }
            }
        });
        Server {
            base: format!("http://{address}/r4"),
            received,
        }
    }

    /// A server whose every answer is this resource.
    pub(crate) fn telling(resource: &str) -> Server {
        let length = resource.len();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nConnection: close\r\n";
        Server::answering(format!("{head}Content-Length: {length}\r\n\r\n{resource}"))
    }

    /// The requests so far, head and body.
    pub(crate) fn received(&self) -> Vec<String> {
        self.received.lock().expect("nobody panics with it").clone()
    }
}

/// Reads one request and answers it.
fn exchange(mut stream: TcpStream, answer: &[u8]) -> Option<String> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.to_lowercase();
    let length = length.lines().find_map(|line| line.strip_prefix("content-length:"));
    let mut body = vec![0; length.map_or(0, |length| length.trim().parse().unwrap_or(0))];
    reader.read_exact(&mut body).ok()?;
    let _ = stream.write_all(answer);
    Some(head + &String::from_utf8_lossy(&body))
}
