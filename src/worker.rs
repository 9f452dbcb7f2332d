//! The worker that reads sources.

fn main() {
    runatlas::web::worker::serve();
}
