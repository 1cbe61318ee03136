INSERT INTO sign_ups (browser, sign_up, put) VALUES
('b1', '{"email":"new1@portal.test","password_hash":"hash","purpose":{"purpose":"sign_up","region":"VN","language":"zh-Hans"},"state":{"state":"awaiting_code","code":"012345","sent":1795478400000,"tries":0}}', 1795478400000),
('b2', '{"email":"new2@portal.test","password_hash":"hash","purpose":{"purpose":"sign_up","region":"VN","language":"zh-Hans"},"state":{"state":"awaiting_code","code":null,"sent":1795478400000,"tries":5}}', 1795478400000),
('b3', '{"email":"new3@portal.test","password_hash":"hash","purpose":{"purpose":"add_email","account":"0190cafe-0000-7000-8000-000000000002"},"state":{"state":"awaiting_code","code":"543210","sent":1795478400000,"tries":1}}', 1795478400000),
('b4', '{"email":"new4@portal.test","password_hash":"hash","purpose":{"purpose":"add_email","account":"0190cafe-0000-7000-8000-000000000002"},"state":{"state":"verified"}}', 1795478400000),
('b5', '{"email":"new5@portal.test","password_hash":"hash","purpose":{"purpose":"sign_up","region":"VN","language":"zh-Hans"},"state":{"state":"awaiting_code","code":"333333","sent":1795478400000,"tries":2,"older":["111111","222222"]}}', 1795478400000);
INSERT INTO sign_ups (browser, sign_up, put) VALUES
('b6', '{"email":"new6@portal.test","password_hash":"hash","purpose":{"purpose":"sign_up","region":"VN","language":"zh-Hans"},"state":{"state":"awaiting_code","code":"keyed2","sent":1795478400000,"tries":1,"older":["keyed1"]},"secret_hash":"secret"}', 1795478400000);
INSERT INTO sign_ups (browser, sign_up, put) VALUES
('b7', '{"email":"new7@portal.test","password_hash":"hash","purpose":{"purpose":"reset_password","language":"vi"},"state":{"state":"awaiting_code","code":"keyed3","sent":1795478400000,"tries":0,"older":[]},"secret_hash":"secret"}', 1795478400000);
INSERT INTO sign_ups (browser, sign_up, put) VALUES
('b8', '{"email":"new8@portal.test","password_hash":null,"purpose":{"purpose":"change_email","account":"0190cafe-0000-7000-8000-000000000002"},"state":{"state":"awaiting_code","code":"keyed4","sent":1795478400000,"tries":0,"older":[]},"secret_hash":"secret"}', 1795478400000);
