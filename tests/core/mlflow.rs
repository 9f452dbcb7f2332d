//! A tracking server without a network: its address, who asks, and why it cannot be reached.

mod credentials;
mod doctor;
mod server;
