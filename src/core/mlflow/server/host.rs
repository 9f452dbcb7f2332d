//! A host: a name, an IPv4 or an IPv6 address, in the one form in which browsers write it.

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
};

use super::ServerUrlError;

/// How far away a host is, as far as its name tells; decides what a browser lets a page do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// This machine: `localhost`, 127.0.0.0/8, `[::1]`. An https page may call it over http.
    Loopback,
    /// The local network by its address, or by a name that only a local network knows.
    Private,
    /// Everything else. A public name may still stand for a private address.
    Public,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Host {
    /// Lower case.
    Name(String),
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

impl Host {
    pub(super) fn parse(text: &str) -> Result<Self, ServerUrlError> {
        if let Some(inside) = text.strip_prefix('[') {
            let inside = inside.strip_suffix(']').ok_or(ServerUrlError::Host)?;
            return inside.parse().map(Self::V6).or(Err(ServerUrlError::Host));
        }
        if !text.is_ascii() {
            return Err(ServerUrlError::HostBeyondAscii);
        }
        let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        if ends_in_a_number(&name) {
            return name.parse().map(Self::V4).or(Err(ServerUrlError::Host));
        }
        is_name(&name).then_some(Self::Name(name)).ok_or(ServerUrlError::Host)
    }

    pub(super) fn reach(&self) -> Reach {
        match self {
            Self::Name(name) => reach_of_name(name),
            Self::V4(address) => reach_of_v4(*address),
            Self::V6(address) => reach_of_v6(*address),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::V4(address) => address.fmt(f),
            // Browsers write ::ffff:102:304 where Rust writes ::ffff:1.2.3.4.
            Self::V6(address) => match address.segments() {
                [0, 0, 0, 0, 0, 0xffff, high, low] => write!(f, "[::ffff:{high:x}:{low:x}]"),
                _ => write!(f, "[{address}]"),
            },
        }
    }
}

/// Browsers read such a host as an IPv4 address, forms like `127.1` and `0x7f.1` included (the URL
/// standard's "ends in a number checker"); here only the plain form is taken.
fn ends_in_a_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_decimal = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_decimal || last.strip_prefix("0x").is_some_and(is_hex)
}

/// Underscores are not in the standard and are in Docker Compose's names.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

fn reach_of_name(name: &str) -> Reach {
    const LOCAL_ENDINGS: [&str; 5] = [".local", ".internal", ".lan", ".home.arpa", ".intranet"];
    if name == "localhost" || name.ends_with(".localhost") {
        Reach::Loopback
    } else if !name.contains('.') || LOCAL_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        Reach::Private
    } else {
        Reach::Public
    }
}

/// The spaces of the Local Network Access draft: loopback, and RFC 1918 with link-local and
/// carrier-grade addresses as local.
fn reach_of_v4(address: Ipv4Addr) -> Reach {
    let is_carrier_grade = matches!(address.octets(), [100, 64..=127, ..]);
    if address.is_loopback() || address.is_unspecified() {
        Reach::Loopback
    } else if address.is_private() || address.is_link_local() || is_carrier_grade {
        Reach::Private
    } else {
        Reach::Public
    }
}

fn reach_of_v6(address: Ipv6Addr) -> Reach {
    if let Some(mapped) = address.to_ipv4_mapped() {
        reach_of_v4(mapped)
    } else if address.is_loopback() || address.is_unspecified() {
        Reach::Loopback
    } else if address.is_unique_local() || address.is_unicast_link_local() {
        Reach::Private
    } else {
        Reach::Public
    }
}
