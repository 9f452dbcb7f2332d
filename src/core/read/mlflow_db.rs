//! MLflow databases (`mlflow.db`) of any schema age.
