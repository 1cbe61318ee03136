//! What crosses the wire: the table of use cases, requests, replies and problems.
