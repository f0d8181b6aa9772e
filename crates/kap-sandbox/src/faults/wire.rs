//! Faults of the connection: one that ends or is reset instead of an answer, and one that lets an answer through in drops.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Sleep;

/// In how many drops an answer comes.
const DROPS: u32 = 20;

/// The handle of one connection, by which a request tells it what to do to its answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<Flow>>);

#[derive(Debug, Clone, Copy, Default)]
enum Flow {
    #[default]
    Free,
    Drops {
        size: usize,
        pause: Duration,
    },
    Ended,
    Reset,
}

impl Wire {
    /// Lets everything through, as at the beginning of each request.
    pub(crate) fn free(&self) {
        self.set(Flow::Free);
    }

    pub(super) fn end(&self) {
        self.set(Flow::Ended);
    }

    pub(super) fn reset(&self) {
        self.set(Flow::Reset);
    }

    /// Lets so many bytes through in drops that take so long altogether.
    pub(super) fn drip(&self, bytes: usize, time: Duration) {
        self.set(Flow::Drops {
            size: (bytes / DROPS as usize).max(1),
            pause: time / DROPS,
        });
    }

    fn set(&self, flow: Flow) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = flow;
    }

    fn flow(&self) -> Flow {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The listener whose connections have handles.
#[derive(Debug)]
pub(crate) struct Wired(pub(crate) TcpListener);

impl Listener for Wired {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let connection = Connection {
            stream,
            wire: Wire::default(),
            pause: None,
        };
        (connection, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Wired>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Wired>) -> Self {
        stream.io().wire.clone()
    }
}

/// A connection that does what its handle says.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    wire: Wire,
    pause: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut drop = bytes;
        match self.wire.flow() {
            Flow::Free => {}
            Flow::Ended => return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
            Flow::Reset => {
                self.stream.set_zero_linger()?;
                return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
            }
            Flow::Drops { size, pause } => {
                let waiting = self.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
                ready!(waiting.as_mut().poll(context));
                self.pause = None;
                drop = bytes.get(..size).unwrap_or(bytes);
            }
        }
        Pin::new(&mut self.stream).poll_write(context, drop)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if matches!(self.wire.flow(), Flow::Free) {
            return Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        }
        let first = parts.iter().find(|part| !part.is_empty());
        self.poll_write(context, first.map_or(&[], |part| part))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
