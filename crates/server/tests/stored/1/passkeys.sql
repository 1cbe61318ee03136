INSERT INTO passkeys (id, account, name, algorithm, public_key, counter, backup_eligible, backed_up, created, used) VALUES
('cGFzc2tleTE', '0190cafe-0000-7000-8000-000000000001', 'Mai''s "phone" ☕', -7, 'a2V5MQ', 0, 1, 1, 1795478400000, 1795478400001),
('cGFzc2tleTI', '0190cafe-0000-7000-8000-000000000001', 'YubiKey', -8, 'a2V5Mg', 4294967295, 0, 0, 1795478400000, NULL),
('cGFzc2tleTM', '0190cafe-0000-7000-8000-000000000002', 'Windows Hello', -257, 'a2V5Mw', 1, 1, 0, 1795478400000, NULL);
