INSERT INTO session_places (token_hash, browser, system, country) VALUES
('5e56', 'tiktok', 'ios', 'VN'),
('5e57', 'ladybird', 'serenity', NULL);
