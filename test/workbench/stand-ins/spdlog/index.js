// Same interface as the native logger, written with node:fs: appends synchronously, formats when told to.
const fs = require("node:fs");

const NAMES = ["trace", "debug", "info", "warning", "error", "critical"];
let globalLevel = 0;

class Logger {
  constructor(_name, filename) {
    this.filename = filename;
    this.level = globalLevel;
    this.plain = false;
    this.fd = fs.openSync(filename, "a");
  }
  write(level, message) {
    if (this.fd === undefined || level < this.level) return;
    const stamp = new Date().toISOString().replace("T", " ").replace("Z", "");
    fs.writeSync(this.fd, this.plain ? message : `${stamp} [${NAMES[level]}] ${message}\n`);
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.plain = false;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {
    if (this.fd !== undefined) fs.closeSync(this.fd);
    this.fd = undefined;
  }
}

exports.version = 11503;
exports.Logger = Logger;
exports.setLevel = function setLevel(level) {
  globalLevel = level;
};
exports.setFlushOn = function setFlushOn() {};
exports.shutdown = function shutdown() {};
exports.createRotatingLogger = async function createRotatingLogger(name, filename) {
  return new Logger(name, filename);
};
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
