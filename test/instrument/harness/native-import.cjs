/** `import()` as Node does it, untouched by the test runner's module loader. */
module.exports = { nativeImport: (url) => import(url) };
