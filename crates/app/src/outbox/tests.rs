use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Wake;

use super::*;

/// A peer that takes as many bytes as it is told to.
#[derive(Default)]
struct Peer {
    room: AtomicUsize,
    got: Mutex<Vec<u8>>,
    writes: AtomicUsize,
    is_gone: AtomicBool,
}

impl Peer {
    fn takes(&self, bytes: usize) {
        self.room.store(bytes, Ordering::Relaxed);
    }

    fn got(&self) -> Vec<u8> {
        std::mem::take(&mut self.got.lock().unwrap())
    }

    fn writes(&self) -> usize {
        self.writes.swap(0, Ordering::Relaxed)
    }
}

impl Wire for Arc<Peer> {
    fn poll_write(&self, _: &mut Context<'_>, parts: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        if self.is_gone.load(Ordering::Relaxed) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let room = self.room.load(Ordering::Relaxed);
        let bytes: Vec<u8> = parts
            .iter()
            .flat_map(|part| part.to_vec())
            .take(room)
            .collect();
        if bytes.is_empty() {
            return Poll::Pending;
        }
        self.writes.fetch_add(1, Ordering::Relaxed);
        self.room.fetch_sub(bytes.len(), Ordering::Relaxed);
        self.got.lock().unwrap().extend_from_slice(&bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(&self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[derive(Default)]
struct Task(AtomicUsize);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// An outbox, its peer, and the socket's task.
fn scene(takes: usize) -> (Outbox, Arc<Peer>, Arc<Task>) {
    let peer = Arc::new(Peer::default());
    peer.takes(takes);
    (
        Outbox::new(Box::new(Arc::clone(&peer))),
        peer,
        Arc::default(),
    )
}

/// The task looks after the outbox.
fn look(outbox: &Outbox, task: &Arc<Task>) -> Poll<Option<Over>> {
    let waker = Waker::from(Arc::clone(task));
    outbox.poll_out(&mut Context::from_waker(&waker))
}

fn woken(task: &Task) -> usize {
    task.0.swap(0, Ordering::Relaxed)
}

fn numbered(number: u8) -> Frame {
    Frame::binary(&[number])
}

fn frames(numbers: impl IntoIterator<Item = u8>) -> Vec<u8> {
    numbers
        .into_iter()
        .flat_map(|number| [0x82, 1, number])
        .collect()
}

#[tokio::test]
async fn what_a_peer_takes_at_once_wakes_nobody() {
    let (outbox, peer, task) = scene(1000);
    assert_eq!(look(&outbox, &task), Poll::Ready(None));
    outbox.say(numbered(1)).unwrap();
    assert_eq!(peer.got(), frames([1]));
    assert_eq!((woken(&task), outbox.stuck_since()), (0, None));
}

#[tokio::test]
async fn what_is_said_together_is_written_together() {
    let (outbox, peer, _) = scene(1000);
    assert_eq!(outbox.put(numbered(1), OUTBOX_MAX), Ok(Put::Waits));
    assert_eq!(outbox.put(numbered(2), OUTBOX_MAX), Ok(Put::Goes));
    assert!(peer.got().is_empty());
    outbox.say(numbered(3)).unwrap();
    assert_eq!((peer.got(), peer.writes()), (frames([1, 2, 3]), 1));
    (4..40).for_each(|number| drop(outbox.put(numbered(number), OUTBOX_MAX)));
    assert_eq!(peer.writes(), 2, "many do not wait for company");
    outbox.flush();
    assert_eq!(peer.got(), frames(4..40));
}

#[tokio::test]
async fn what_a_peer_does_not_take_is_left_to_the_task_in_order() {
    let (outbox, peer, task) = scene(4);
    assert_eq!(look(&outbox, &task), Poll::Ready(None));
    outbox.say(numbered(1)).unwrap();
    outbox.say(numbered(2)).unwrap();
    assert_eq!(woken(&task), 1);
    let stuck = outbox.stuck_since();
    assert!(stuck.is_some());
    peer.takes(1000);
    outbox.say(numbered(3)).unwrap();
    assert_eq!(outbox.held(), 2, "nobody but the task writes now");
    assert_eq!(look(&outbox, &task), Poll::Ready(None));
    assert_eq!(peer.got(), frames([1, 2, 3]));
    assert_eq!((outbox.held(), outbox.stuck_since()), (0, None));
}

#[tokio::test]
async fn a_peer_that_takes_a_little_is_not_stuck_from_before() {
    let (outbox, peer, task) = scene(0);
    outbox.say(numbered(1)).unwrap();
    let first = outbox.stuck_since().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2));
    assert!(look(&outbox, &task).is_pending());
    assert_eq!(outbox.stuck_since(), Some(first));
    peer.takes(1);
    assert!(look(&outbox, &task).is_pending());
    assert!(outbox.stuck_since().unwrap() > first);
}

#[tokio::test]
async fn no_more_waits_than_may() {
    let (outbox, ..) = scene(0);
    for number in 0..100 {
        outbox.put(numbered(number), 100).unwrap();
    }
    assert_eq!(outbox.put(numbered(100), 100), Err(Full));
    assert_eq!(outbox.say(numbered(100)), Ok(()));
    assert_eq!(outbox.held(), 101);
}

#[tokio::test]
async fn the_end_is_told_once_all_is_out_and_the_first_reason_counts() {
    let (outbox, peer, task) = scene(0);
    assert_eq!(look(&outbox, &task), Poll::Ready(None));
    outbox.put(numbered(1), OUTBOX_MAX).unwrap();
    outbox.end(Over::Replaced);
    outbox.end(Over::LetGo);
    assert!(woken(&task) > 0);
    assert!(look(&outbox, &task).is_pending());
    peer.takes(3);
    assert_eq!(look(&outbox, &task), Poll::Ready(Some(Over::Replaced)));
}

#[tokio::test]
async fn a_peer_that_is_gone_ends_it() {
    let (outbox, peer, task) = scene(1000);
    assert_eq!(look(&outbox, &task), Poll::Ready(None));
    peer.is_gone.store(true, Ordering::Relaxed);
    outbox.say(numbered(1)).unwrap();
    assert!(woken(&task) > 0);
    assert_eq!(look(&outbox, &task), Poll::Ready(Some(Over::Lost)));
    assert_eq!(outbox.over().await, Over::Lost);
}

#[tokio::test]
async fn nothing_comes_after_the_frame_that_closes() {
    let (outbox, peer, _) = scene(1000);
    outbox.put(numbered(1), OUTBOX_MAX).unwrap();
    outbox.say_last(numbered(2)).unwrap();
    assert_eq!(outbox.say(numbered(3)), Ok(()));
    assert_eq!(outbox.say_last(numbered(4)), Err(Full));
    assert_eq!(peer.got(), frames([1, 2]));
}

#[tokio::test]
async fn a_closed_outbox_takes_everything_and_holds_nothing() {
    let (outbox, peer, _) = scene(1000);
    outbox.close();
    assert_eq!(outbox.say(numbered(1)), Ok(()));
    assert_eq!(
        (outbox.held(), outbox.is_closed(), peer.got()),
        (0, true, vec![])
    );
    assert_eq!(Arc::strong_count(&peer), 1, "the connection is let go of");
}
