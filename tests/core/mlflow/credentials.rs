//! What may go with a request, and where to.

use proptest::prelude::*;
use runatlas_core::mlflow::{Credentials, CredentialsError, ServerUrl, SignIn};

fn server() -> ServerUrl {
    "https://mlflow.example.com/team".parse().unwrap()
}

fn basic(user: &str, password: &str) -> SignIn {
    SignIn::Basic { user: user.to_owned(), password: password.to_owned() }
}

fn headers(list: &[(&str, &str)]) -> SignIn {
    SignIn::Headers(list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn bearer(token: &str) -> SignIn {
    SignIn::Bearer { token: token.to_owned() }
}

fn check(sign_in: SignIn, expected: &[(&str, &str)]) {
    let credentials = Credentials::new(&server(), sign_in).unwrap();
    let found = credentials.headers_for(&server()).unwrap();
    let found: Vec<(&str, &str)> =
        found.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(found, expected);
}

fn check_refused(sign_in: SignIn, expected: CredentialsError) {
    assert_eq!(Credentials::new(&server(), sign_in), Err(expected));
}

#[test]
fn headers_of_every_way_to_sign_in() {
    check(SignIn::None, &[]);
    // The example of RFC 7617, and its UTF-8 form.
    check(basic("Aladdin", "open sesame"), &[("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]);
    check(basic("test", "123£"), &[("Authorization", "Basic dGVzdDoxMjPCow==")]);
    check(bearer(" abc.def \n"), &[("Authorization", "Bearer abc.def")]);
    check(bearer("Bearer abc"), &[("Authorization", "Bearer abc")]);
    check(headers(&[("X-Api-Key", " k "), ("", "")]), &[("X-Api-Key", "k")]);
    check(headers(&[("", "")]), &[]);
}

#[test]
fn what_cannot_be_sent_is_refused_with_the_reason() {
    check_refused(basic("", "x"), CredentialsError::NoUser);
    check_refused(basic("a:b", "x"), CredentialsError::ColonInUser);
    check_refused(basic("a", "x\ny"), CredentialsError::ControlCharacter("password".to_owned()));
    check_refused(bearer("Bearer  "), CredentialsError::NoToken);
    check_refused(bearer("a\r\nHost: x"), CredentialsError::ControlCharacter("token".to_owned()));
    check_refused(bearer("π"), CredentialsError::BeyondLatin("token".to_owned()));
    check_refused(headers(&[("X Key", "v")]), CredentialsError::HeaderName);
    check_refused(headers(&[("", "v")]), CredentialsError::HeaderName);
    check_refused(headers(&[("X:Key", "v")]), CredentialsError::HeaderName);
    check_refused(
        headers(&[("X-Key", "a\r\nb")]),
        CredentialsError::ControlCharacter("value of X-Key".to_owned()),
    );
    check_refused(headers(&[("x-a", "1"), ("X-A", "2")]), CredentialsError::Twice("X-A".to_owned()));
    for name in ["Host", "origin", "Sec-Fetch-Mode", "Proxy-Authorization", "Referer", "Content-Length"] {
        check_refused(headers(&[(name, "v")]), CredentialsError::BrowserOwn(name.to_owned()));
    }
    check_refused(headers(&[("Cookie", "v")]), CredentialsError::Cookie);
    check_refused(
        headers(&[("Content-Type", "v")]),
        CredentialsError::RequestsOwn("Content-Type".to_owned()),
    );
}

#[test]
fn nothing_for_another_origin() {
    let credentials = Credentials::new(&server(), bearer("t")).unwrap();
    let check = |other: &str, is_given: bool| {
        let found = credentials.headers_for(&other.parse().unwrap());
        assert_eq!(found.is_some(), is_given, "{other}");
    };
    check("https://mlflow.example.com", true);
    check("https://mlflow.example.com:443/other", true);
    check("http://mlflow.example.com", false);
    check("https://mlflow.example.com:8443", false);
    check("https://mlflow.example.com.evil.org", false);
    check("https://example.com", false);
}

#[test]
fn what_is_remembered_comes_back_and_is_checked_again() {
    let credentials = Credentials::new(&server(), basic("ada", "secret")).unwrap();
    let stored = serde_json::to_string(&credentials).unwrap();
    assert_eq!(serde_json::from_str::<Credentials>(&stored).unwrap(), credentials);
    let broken = stored.replace("secret", "a\\nb");
    assert!(serde_json::from_str::<Credentials>(&broken).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// No printed form of credentials, or of the reason of their refusal, has a secret.
    #[test]
    fn secrets_are_never_printed(secret in "Zq.{0,6}\\PC{0,6}9Zq", kind in 0..3) {
        let sign_in = match kind {
            0 => basic("ada", &secret),
            1 => bearer(&secret),
            _ => headers(&[("X-Key", &secret)]),
        };
        let printed = format!("{sign_in:?} {:?}", Credentials::new(&server(), sign_in.clone()));
        prop_assert!(!printed.contains("Zq"), "{}", printed);
    }
}
