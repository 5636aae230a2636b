declare module 'icon:*' {
  const markup: string;
  export default markup;
}

declare const __VERSION__: string;
