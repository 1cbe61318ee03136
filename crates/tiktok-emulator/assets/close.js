// A window that was opened to log out closes by itself; any other stays.
window.addEventListener("load", () => window.close());
