INSERT INTO ceremonies (browser, ceremony, account, begun) VALUES
('b1', '{"shape":1,"purpose":{"purpose":"add","account":"0190cafe-0000-7000-8000-000000000001"},"challenge":"challenge1","begun":1795478400000}', '0190cafe-0000-7000-8000-000000000001', 1795478400000),
('b2', '{"shape":1,"purpose":{"purpose":"log_in"},"challenge":"challenge2","begun":1795478400000}', NULL, 1795478400000),
('b3', '{"shape":1,"purpose":{"purpose":"confirm","account":"0190cafe-0000-7000-8000-000000000001"},"challenge":"challenge3","begun":1795478400000}', '0190cafe-0000-7000-8000-000000000001', 1795478400000);
