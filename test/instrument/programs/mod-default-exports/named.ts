export default function named() {
  return named.calls++;
}
named.calls = 0;
export const swap = () => {
  // @ts-ignore
  named = () => "swapped";
};
