INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-000000000001', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"code","code":"123456","minutes":10}}', 1, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000002', '{"shape":1,"to":"mai@coffee.test","language":"zh-Hant","news":{"news":"account_exists"}}', 1, 1795478400000, 2, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000003', '{"shape":1,"to":"mai@coffee.test","language":"en","news":{"news":"linked","tiktok":"Mai Coffee"}}', 0, 1795478400000, 1, NULL, 'the mail server answered 550'),
('0190cafe-0000-7000-8000-000000000004', '{"shape":1,"to":"mai@coffee.test","language":"en","news":{"news":"unlinked","tiktok":"Mai Coffee"}}', 0, 1795478400000, 1, NULL, 'the mail server answered 550'),
('0190cafe-0000-7000-8000-000000000005', '{"shape":1,"to":"mai@coffee.test","language":"en","news":{"news":"email_added"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000006', '{"shape":1,"to":"mai@coffee.test","language":"en","news":{"news":"many_failures","tries":10}}', 0, 1795478400000, 0, 1795478400000, NULL);
INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-000000000007', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"reset_code","code":"123456","minutes":10}}', 1, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000008', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"no_account"}}', 1, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000009', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"password_changed"}}', 0, 1795478400000, 0, 1795478400000, NULL);
INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-00000000000a', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"address_held"}}', 1, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-00000000000b', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"undo_code","code":"123456","minutes":10}}', 1, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-00000000000c', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"undo_too_late"}}', 1, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-00000000000d', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"email_changed"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-00000000000e', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"email_removed"}}', 0, 1795478400000, 0, 1795478400000, NULL);
INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-00000000000f', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"authorization_lost","tiktok":"Mai Coffee"}}', 0, 1795478400000, 0, 1795478400000, NULL);
INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-000000000010', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"deletion_asked"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000011', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"deletion_stopped"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000012', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"account_deleted"}}', 0, 1795478400000, 0, 1795478400000, NULL);
INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-000000000013', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"passkey_added","name":"Mai phone"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000014', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"passkeys_removed","names":"Mai phone"}}', 0, 1795478400000, 0, 1795478400000, NULL);
INSERT INTO letters (id, letter, asked_for, written, tries, due, why) VALUES
('0190cafe-0000-7000-8000-000000000015', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"transfer_begun","tiktok":"Mai Coffee"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000016', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"transfer_stopped","tiktok":"Mai Coffee"}}', 0, 1795478400000, 0, 1795478400000, NULL),
('0190cafe-0000-7000-8000-000000000017', '{"shape":1,"to":"mai@coffee.test","language":"vi","news":{"news":"transferred","tiktok":"Mai Coffee"}}', 0, 1795478400000, 0, 1795478400000, NULL);
