//! MLflow file stores (`mlruns` folders) of any age.
