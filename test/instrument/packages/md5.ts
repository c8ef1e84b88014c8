import SparkMD5 from "spark-md5";

export function main(log: Log, small: boolean): unknown {
  const spark = new SparkMD5();
  for (const part of ["", "a", "bc".repeat(small ? 40 : 300), "ü"]) log(spark.append(part).getState().length);
  const bytes = Uint8Array.from({ length: small ? 70 : 700 }, (_, i) => (i * 7) & 255);
  const buffer = new SparkMD5.ArrayBuffer();
  buffer.append(bytes.buffer).append(bytes.buffer);
  return [
    spark.end(),
    SparkMD5.hash("message digest"),
    SparkMD5.hashBinary("raw", true).length,
    buffer.end(),
  ];
}
