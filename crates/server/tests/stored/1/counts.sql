INSERT INTO counts (key, since, tries) VALUES
('log_in_by_peer:203.0.113.1', 1795478400000, 3);
INSERT INTO counts (key, since, tries, ends) VALUES
('log_in_by_email 5e55', 1795478400000, 100, 1796083200000);
