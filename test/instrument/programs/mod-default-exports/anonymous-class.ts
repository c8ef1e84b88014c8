export default class {
  static made = 0;
  n = ++(this.constructor as any).made;
  who() {
    return this.constructor.name;
  }
}
