const bytesPerPage = 65_536;

/**
 * Keeps all WebAssembly memory of this thread below so many bytes; Node's own limits count JavaScript alone. Answers
 * whether more was wanted since: the module that asked has then broken off, and nothing it holds can be trusted.
 */
export const limitWasmMemory = (mostBytes: number): (() => boolean) => {
  let refused = false;
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function growWithin(pages: number) {
    if (this.buffer.byteLength + pages * bytesPerPage <= mostBytes) return grow.call(this, pages);
    refused = true;
    throw new RangeError(`WebAssembly memory is limited to ${mostBytes} bytes`);
  };
  return () => refused;
};
