INSERT INTO unneeded_grants (id, open_id, tokens, since) VALUES
('3b0e1a0e5d6c0f8a4d0c4a3f5b6e7d8c9fa0b1c2d3e4f5061728394a5b6c7d8e', 'open-4', '{"shape":1,"access_token":"act.example","access_expires":1795478400001,"refresh_token":"rft.example","refresh_expires":1795478400002,"scopes":"user.info.basic,user.info.profile"}', 1795478400000);
