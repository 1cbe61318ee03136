INSERT INTO sessions (token_hash, account, begun, seen, authenticated) VALUES
('5e55', '0190cafe-0000-7000-8000-000000000001', 1795478400000, 1795478400001, 1795478400002);
