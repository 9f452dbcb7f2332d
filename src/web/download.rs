//! Saving files.

/// Hands bytes to the browser's download as a file of this name and media type.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), String> {
    todo!()
}

/// A URL of these bytes for an image or a frame; dropping it frees the bytes.
pub fn object_url(media_type: &str, bytes: &[u8]) -> Option<ObjectUrl> {
    todo!()
}

/// See [`object_url`].
#[derive(Debug)]
pub struct ObjectUrl {
    url: String,
}

impl ObjectUrl {
    /// The URL, `blob:…`.
    pub fn as_str(&self) -> &str {
        &self.url
    }
}
