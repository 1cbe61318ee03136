INSERT INTO counts (key, since, tries) VALUES
('log_in_by_peer:203.0.113.1', 1795478400000, 3);
