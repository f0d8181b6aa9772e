//! The server behind a real socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use kap_sandbox::{Error, Sandbox, Traffic, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::service::Service;

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), Error>>,
}

async fn start(sandbox: Sandbox) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(serve(sandbox, listener, async {
        let _ = stopped.await;
    }));
    Server { address, stop, serving }
}

impl Server {
    /// Writes the text as it is and reads until the server closes.
    async fn exchange(&self, request: String) -> String {
        let address = self.address;
        let talk = move || {
            let mut stream = TcpStream::connect(address).expect("a connection");
            stream
                .set_read_timeout(Some(Duration::from_secs(20)))
                .expect("a timeout");
            stream.write_all(request.as_bytes()).expect("the server reads");
            let mut response = String::new();
            stream
                .read_to_string(&mut response)
                .expect("the server answers and closes");
            response
        };
        tokio::task::spawn_blocking(talk).await.expect("no panic")
    }

    async fn stop(self) {
        let _ = self.stop.send(());
        let stopped = tokio::time::timeout(Duration::from_secs(20), self.serving).await;
        stopped
            .expect("the server stops")
            .expect("no panic")
            .expect("no failure");
    }
}

fn create(address: SocketAddr, body: &str) -> String {
    let length = body.len();
    format!(
        "POST /fhir/Patient HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/fhir+json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_where_it_was_bound_and_stops_when_told() {
    let service = Service::new();
    let server = start(service.sandbox.clone()).await;
    let address = server.address;
    let created = server.exchange(create(address, r#"{"resourceType":"Patient"}"#)).await;
    assert!(created.starts_with("HTTP/1.1 201 Created\r\n"), "{created}");
    assert!(
        created.contains(&format!("location: http://{address}/fhir/Patient/id-1/_history/1\r\n")),
        "{created}"
    );
    let head = format!("HEAD /fhir/Patient/id-1 HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let head = server.exchange(head).await;
    assert!(
        head.starts_with("HTTP/1.1 200 OK\r\n") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert_eq!(service.sandbox.traffic(), Traffic { reads: 1, writes: 1 });
    let _silent = TcpStream::connect(address).expect("a connection on which nothing is ever sent");
    server.stop().await;
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_over_the_limit_is_refused() {
    let service = Service::new();
    let server = start(service.sandbox.clone().with_body_limit(100)).await;
    let just = format!(r#"{{"resourceType":"Patient","language":"{}"}}"#, "x".repeat(62));
    assert_eq!(just.len(), 100 + 2);
    let fits = just.replacen("xx", "", 1);
    assert!(
        server
            .exchange(create(server.address, &fits))
            .await
            .starts_with("HTTP/1.1 201 ")
    );
    let refused = server.exchange(create(server.address, &just)).await;
    assert!(refused.starts_with("HTTP/1.1 413 Payload Too Large\r\n"), "{refused}");
    assert!(
        refused.contains(r#""code":"too-long""#) && refused.contains("The limit is 100 bytes"),
        "{refused}"
    );
    let chunked = format!(
        "POST /fhir/Patient HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/fhir+json\r\n\
         Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{just}\r\n0\r\n\r\n",
        server.address,
        just.len()
    );
    let refused = server.exchange(chunked).await;
    assert!(refused.starts_with("HTTP/1.1 413 "), "{refused}");
    assert_eq!(service.sandbox.versions().expect("versions"), 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_body_stores_nothing() {
    let service = Service::new();
    let server = start(service.sandbox.clone()).await;
    let request = create(server.address, r#"{"resourceType":"Patient"}"#);
    let half = request[..request.len() - 5].to_owned();
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    stream.write_all(half.as_bytes()).expect("the server reads");
    drop(stream);
    let whole = server.exchange(request).await;
    assert!(whole.starts_with("HTTP/1.1 201 "), "{whole}");
    server.stop().await;
    assert_eq!(service.sandbox.versions().expect("versions"), 1);
}
