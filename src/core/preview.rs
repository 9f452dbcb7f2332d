//! What an artifact is and how it is shown: text, JSON, CSV, image, Markdown, or a download.
