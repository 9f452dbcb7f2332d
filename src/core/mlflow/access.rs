use serde::{Deserialize, Serialize};

use super::{Credentials, CredentialsError, Request, ServerUrl, SignIn};

/// All that is needed to talk to a server: where it is, who asks, and what its answers taught.
///
/// Serialized it holds the secret in clear: it goes from a page to its own worker, nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Where the server is.
    pub server: ServerUrl,
    /// What goes with each request.
    pub credentials: Credentials,
    /// What the doctor found out.
    pub ways: Ways,
}

/// Ways in which a server must be spoken to. Without secrets: may be kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ways {
    /// The REST interface is below `ajax-api` only: with a static prefix MLflow 2 has `api` outside
    /// of it (`_get_rest_path` in `server/handlers.py`).
    pub is_ajax_only: bool,
    /// `targetAddressSpace` of `fetch`, which an https page needs to call an http server of the local
    /// network.
    pub target_address_space: Option<String>,
}

impl Access {
    /// Binds a sign-in to a server, once its values can be sent at all.
    pub fn new(server: ServerUrl, sign_in: SignIn, ways: Ways) -> Result<Self, CredentialsError> {
        let credentials = Credentials::new(&server, sign_in)?;
        Ok(Self { server, credentials, ways })
    }

    /// The whole address of a request; no secret is in it.
    pub fn url(&self, request: &Request) -> String {
        let target = request.target();
        match target.strip_prefix("api/").filter(|_| self.ways.is_ajax_only) {
            Some(rest) => self.server.join(&format!("ajax-api/{rest}"), &[]),
            None => self.server.join(&target, &[]),
        }
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test may fail")]
mod tests {
    use super::{Access, Request, SignIn, Ways};

    #[test]
    fn servers_with_ajax_api_only_are_asked_there() {
        let server = "http://ml.example.com/tracking".parse().expect("an address");
        let mut access = Access::new(server, SignIn::None, Ways::default()).expect("nothing to refuse");
        let get = |path: &str| Request::get(path).with("a b", "c/d");
        assert_eq!(access.url(&get("api/2.0/x")), "http://ml.example.com/tracking/api/2.0/x?a%20b=c%2Fd");
        access.ways.is_ajax_only = true;
        assert_eq!(
            access.url(&get("api/2.0/x")),
            "http://ml.example.com/tracking/ajax-api/2.0/x?a%20b=c%2Fd"
        );
        assert_eq!(
            access.url(&get("ajax-api/2.0/x")),
            "http://ml.example.com/tracking/ajax-api/2.0/x?a%20b=c%2Fd"
        );
        assert_eq!(
            access.url(&get("get-artifact")),
            "http://ml.example.com/tracking/get-artifact?a%20b=c%2Fd"
        );
    }

    #[test]
    fn debug_shows_no_secret() {
        let server = "http://ml.example.com".parse().expect("an address");
        let token = SignIn::Bearer { token: "s3cret".to_owned() };
        let access = Access::new(server, token, Ways::default()).expect("a token");
        assert!(!format!("{access:?}").contains("s3cret"));
    }
}
