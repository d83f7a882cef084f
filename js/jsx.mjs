// What JSX becomes in the bundle, where calls of `h` are shorter than those that TypeScript makes.
export { Fragment, h } from "preact";
