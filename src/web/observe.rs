//! Watching elements: whether they are near the visible part of the page, and how large they are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Map};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, ResizeObserver,
    ResizeObserverEntry,
};

/// Tells elements whether they are near the visible part of what scrolls. One for many elements:
/// cheaper for the browser than one each. Clones are the same observer.
#[derive(Clone)]
pub struct Nearness(Rc<Shared<IntersectionObserver, bool>>);

/// An element that is watched; dropping it ends that.
#[must_use = "dropping it ends the watch"]
pub struct Watch(Option<Box<dyn FnOnce()>>);

type Callbacks<T> = Rc<RefCell<BTreeMap<u32, Rc<dyn Fn(T)>>>>;

struct Shared<O, T> {
    observer: O,
    /// From element to the number of its callback.
    numbers: Map,
    callbacks: Callbacks<T>,
    next: RefCell<u32>,
    _on_change: Closure<dyn FnMut(Array)>,
}

impl Nearness {
    /// `margin`: how far outside still counts as near, as CSS writes margins, in pixels or percent
    /// of the view; `root` is what scrolls, the page itself if `None`. `None` where the browser
    /// has no such observer.
    pub fn new(root: Option<&Element>, margin: &str) -> Option<Self> {
        let (numbers, callbacks) = (Map::new(), Callbacks::default());
        let tell = teller(&numbers, &callbacks);
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
            {
                tell(&entry.target(), entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margin);
        if let Some(root) = root {
            options.set_root(Some(root));
        }
        let observer =
            IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &options).ok()?;
        Some(Self(Shared::new(observer, numbers, callbacks, on_change)))
    }

    /// Calls back when the element comes near or leaves, and once at the start.
    pub fn watch(&self, element: &Element, on_change: impl Fn(bool) + 'static) -> Watch {
        let shared = Rc::clone(&self.0);
        let number = shared.add(element, Rc::new(on_change));
        shared.observer.observe(element);
        let element = element.clone();
        Watch::until(move || {
            shared.observer.unobserve(&element);
            shared.remove(&element, number);
        })
    }
}

/// Calls back with an element's width and height in CSS pixels, at once and whenever they change.
pub fn size(element: &Element, on_change: impl Fn((f64, f64)) + 'static) -> Option<Watch> {
    let on_resize = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        // One element is watched: its last entry is its size now.
        if let Ok(entry) = entries.get(entries.length().saturating_sub(1)).dyn_into::<ResizeObserverEntry>() {
            let rect = entry.content_rect();
            on_change((rect.width(), rect.height()));
        }
    });
    let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Watch::until(move || {
        observer.disconnect();
        drop(on_resize);
    }))
}

impl Watch {
    fn until(end: impl FnOnce() + 'static) -> Self {
        Self(Some(Box::new(end)))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

impl<O, T> Shared<O, T> {
    fn new(
        observer: O,
        numbers: Map,
        callbacks: Callbacks<T>,
        on_change: Closure<dyn FnMut(Array)>,
    ) -> Rc<Self> {
        Rc::new(Self { observer, numbers, callbacks, next: RefCell::new(0), _on_change: on_change })
    }

    fn add(&self, element: &Element, callback: Rc<dyn Fn(T)>) -> u32 {
        let number = self.next.replace_with(|next| next.wrapping_add(1));
        self.numbers.set(element, &JsValue::from_f64(f64::from(number)));
        self.callbacks.borrow_mut().insert(number, callback);
        number
    }

    fn remove(&self, element: &Element, number: u32) {
        self.numbers.delete(element);
        self.callbacks.borrow_mut().remove(&number);
    }
}

fn teller<T: 'static>(numbers: &Map, callbacks: &Callbacks<T>) -> impl Fn(&Element, T) + use<T> {
    let (numbers, callbacks) = (numbers.clone(), Rc::clone(callbacks));
    move |element, news| {
        let number = numbers.get(element).as_f64().map(|number| number as u32);
        // Let go before the call: the callback may end a watch.
        let callback = number.and_then(|number| callbacks.borrow().get(&number).cloned());
        if let Some(callback) = callback {
            callback(news);
        }
    }
}
