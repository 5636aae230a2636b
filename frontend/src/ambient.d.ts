declare module 'icon:*' {
  const markup: string;
  export default markup;
}

declare const __VERSION__: string;

declare module 'virtual:demo-loops' {
  /** The loops that come with every server. */
  export const LOOPS: readonly import('./players/loops').DemoLoop[];
}
