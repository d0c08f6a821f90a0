;; Products of vectors of whole numbers of 16 bits, eight numbers at a time. Places and lengths are in bytes; a vector is as
;; long as a multiple of 16. Sums of 32 bits are enough where no vector is longer than 2^15 - 1.
;; `npm run -s wasm` makes dense.wasm from this.
(module
  (memory (import "dense" "memory") 0)

  (func $product (export "product") (param $one i32) (param $other i32) (param $bytes i32) (result i32)
    (local $at i32)
    (local $sums v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $bytes)))
        (local.set $sums
          (i32x4.add
            (local.get $sums)
            (i32x4.dot_i16x8_s
              (v128.load (i32.add (local.get $one) (local.get $at)))
              (v128.load (i32.add (local.get $other) (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
      (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))

  ;; Of `one` with each of the vectors from `other` to `end`; they go to `out`, four bytes each.
  (func (export "products") (param $one i32) (param $other i32) (param $end i32) (param $bytes i32) (param $out i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $other) (local.get $end)))
        (i32.store (local.get $out) (call $product (local.get $one) (local.get $other) (local.get $bytes)))
        (local.set $other (i32.add (local.get $other) (local.get $bytes)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (br $next)))))
