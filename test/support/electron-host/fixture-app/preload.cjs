const { contextBridge, ipcRenderer, webUtils } = require("electron");

contextBridge.exposeInMainWorld("fixture", {
  name: "fixture",
  calls: {
    echo: (...args) => ipcRenderer.invoke("echo", ...args),
    frame: () => ipcRenderer.invoke("frame"),
    fail: () => ipcRenderer.invoke("fail"),
    once: () => ipcRenderer.invoke("once"),
    run: (name, ...args) => ipcRenderer.invoke("run", name, ...args),
  },
  add: (left, right) => left + right,
  throws: () => {
    throw new RangeError("from the preload");
  },
  on: (channel, listener) => {
    const forward = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.off(channel, forward);
  },
  pathOf: (file) => ipcRenderer.invoke("echo", webUtils.getPathForFile(file)),
  tryRequire: (name) => {
    try {
      require(name);
      return "given";
    } catch (error) {
      return error.message;
    }
  },
});
