INSERT INTO former_emails (id, email, account, replaced) VALUES
('ef6922204c5dfcb641a802447d1d7602dcec1e17aad1d49ed2ee8f1af31e4f55', 'before@portal.test', '0190cafe-0000-7000-8000-000000000004', 1795478400000);
