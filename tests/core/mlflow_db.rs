//! Tests of mlflow_db.
