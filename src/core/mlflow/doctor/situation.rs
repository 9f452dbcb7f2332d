//! Who asks whom, from where.

use crate::mlflow::{Credentials, Reach, ServerUrl};

/// What is known before the first probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// `location.origin` of this page; `null` for a page that was opened from a file.
    pub page_origin: String,
    /// The server that is looked for.
    pub server: ServerUrl,
    /// The person gave credentials.
    pub has_credentials: bool,
    /// Names of the headers that the credentials are sent in.
    pub credential_headers: Vec<String>,
    /// How the credentials may be named: `token` and the like.
    pub sign_in_label: String,
    /// `navigator.onLine`.
    pub is_online: bool,
    /// What the browser says about access to the local network.
    pub local_network: LocalNetwork,
}

/// `navigator.permissions` of `loopback-network`, `local-network` or `local-network-access`, whichever
/// the browser knows (Chromium 142 and later).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LocalNetwork {
    /// The browser has no such permission or did not say.
    #[default]
    Unknown,
    /// The person will be asked.
    Prompt,
    /// Allowed.
    Granted,
    /// Refused.
    Denied,
}

impl Situation {
    /// Of a page and a server; takes from the credentials what may be shown and nothing else.
    pub fn new(page_origin: &str, server: ServerUrl, credentials: &Credentials) -> Self {
        Self {
            page_origin: page_origin.to_owned(),
            server,
            has_credentials: !credentials.is_none(),
            credential_headers: credentials.header_names(),
            sign_in_label: credentials.label(),
            is_online: true,
            local_network: LocalNetwork::Unknown,
        }
    }

    /// The page came over https and the server is to be called over http.
    pub(super) fn is_mixed_content(&self) -> bool {
        self.page_origin.starts_with("https:") && !self.server.is_https()
    }

    /// The browser lets a page of this scheme call the server in the other one.
    pub(super) fn may_ask_other_scheme(&self) -> bool {
        let is_mixed = self.page_origin.starts_with("https:") && self.server.is_https();
        !is_mixed || self.server.reach() == Reach::Loopback
    }

    /// A page from further out calls further in: Chromium asks the person first (Local Network Access).
    pub(super) fn is_into_local_network(&self) -> bool {
        match self.server.reach() {
            Reach::Loopback => self.page_reach() != Reach::Loopback,
            Reach::Private => self.page_reach() == Reach::Public,
            Reach::Public => false,
        }
    }

    /// A page from a file counts as this machine, as in Chromium.
    pub(super) fn page_reach(&self) -> Reach {
        self.page_origin.parse::<ServerUrl>().map_or(Reach::Loopback, |page| page.reach())
    }

    /// MLflow 3.5 and later allow these origins by default (`server/security_utils.py`,
    /// `LOCALHOST_ORIGIN_PATTERNS`): http only, these three hosts, any port.
    pub(super) fn is_page_allowed_by_default(&self) -> bool {
        self.page_origin.parse::<ServerUrl>().is_ok_and(|page| {
            !page.is_https() && ["localhost", "127.0.0.1", "[::1]"].contains(&page.host().as_str())
        })
    }

    /// MLflow 3.5 and later allow these `Host` headers by default (`get_default_allowed_hosts`). The
    /// patterns of private IPv6 addresses there lack the bracket, so that they match none.
    pub(super) fn is_host_allowed_by_default(&self) -> bool {
        let host = self.server.host();
        let second = host.strip_prefix("172.").and_then(|rest| rest.split('.').next()?.parse::<u8>().ok());
        ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"].contains(&host.as_str())
            || host.starts_with("192.168.")
            || host.starts_with("10.")
            || second.is_some_and(|second| (16..32).contains(&second))
    }
}
