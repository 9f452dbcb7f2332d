//! Giving the browser its turn.

use std::{cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{MessageChannel, MessagePort};

/// Resolves in a task of its own, so that events, painting and cancellation come in between. A
/// message channel has no minimum delay, unlike a timer (4 ms when nested).
pub async fn yield_now() {
    let (sender, turn) = oneshot::channel();
    if TURNS.with(|turns| turns.ask(sender)) {
        let _ = turn.await;
    } else {
        gloo_timers::future::TimeoutFuture::new(0).await;
    }
}

thread_local! {
    static TURNS: Turns = Turns::new();
}

struct Turns {
    port: Option<MessagePort>,
    waiting: Rc<RefCell<Vec<oneshot::Sender<()>>>>,
    _on_message: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Self {
        let waiting: Rc<RefCell<Vec<oneshot::Sender<()>>>> = Rc::default();
        let woken = Rc::clone(&waiting);
        let on_message = Closure::<dyn FnMut()>::new(move || {
            let senders = std::mem::take(&mut *woken.borrow_mut());
            for sender in senders {
                let _ = sender.send(());
            }
        });
        let port = MessageChannel::new().ok().map(|channel| {
            channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            channel.port2()
        });
        Self { port, waiting, _on_message: on_message }
    }

    fn ask(&self, sender: oneshot::Sender<()>) -> bool {
        self.waiting.borrow_mut().push(sender);
        let posted = self.port.as_ref().map(|port| port.post_message(&JsValue::NULL));
        if matches!(posted, Some(Ok(()))) {
            return true;
        }
        self.waiting.borrow_mut().clear();
        false
    }
}
