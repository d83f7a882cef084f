// What JSX becomes in the bundle, where calls of `h` are shorter than those that TypeScript makes.
import { options } from "preact";

export { Fragment, h } from "preact";

// All classes begin alike: the build takes that away where an element is made, and here it comes back.
options.vnode = ({ props }) => {
  if (props.class) props.class = props.class.replace(/(^| )-/g, "$1sigmic-");
};
