//! A tracking server without a network: its address, who asks, why it cannot be reached, and what is
//! read from it.

mod chaos;
mod credentials;
mod doctor;
mod drive;
mod fake;
mod files;
mod hostile;
mod kept;
mod listings;
mod live;
mod news;
mod recorded;
mod server;
mod sync;
mod wire;
