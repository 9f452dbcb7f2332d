//! What the worker is asked to do, and what it answers: plain values, and an ordinary runner.
