INSERT INTO keyed_requests (id, browser, begun, keyed) VALUES
('k1', 'b1', 1795478400000, '{"id":"k1","browser":"b1","fingerprint":"f1","begun":1795478400000,"answer":null,"shape":1}'),
('k2', 'b1', 1795478400000, '{"id":"k2","browser":"b1","fingerprint":"f2","begun":1795478400000,"answer":{"told":{"reply":"{\"to\":\"campaigns\"}"},"account":"0190cafe-0000-7000-8000-000000000001","session":"s1"},"shape":1}'),
('k3', 'b2', 1795478400000, '{"id":"k3","browser":"b2","fingerprint":"f3","begun":1795478400000,"answer":{"told":{"problem":"{\"code\":\"wrong_credentials\",\"status\":422}"},"account":null,"session":null},"shape":1}');
