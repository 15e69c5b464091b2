#!/bin/sh
# Paints one tile of the Mandelbrot set: tile.sh NUMBER VIEW FILE
# Needs nothing but a POSIX awk. Writes a PPM picture in its text form (P3), because not every awk can write a NUL.
set -eu

number=$1
view=$2
file=$3

echo "tile $number of $view on $(uname -n), $(date)"

# a locale with a decimal comma would spoil all numbers
LC_ALL=C awk -v number="$number" '
function shade(at,    i, f) {
    # five colours on a circle, mixed between neighbours
    i = 1
    while (at >= stop[i + 1]) i++
    f = (at - stop[i]) / (stop[i + 1] - stop[i])
    f = f * f * (3 - 2 * f)
    return int(red[i] + f * (red[i + 1] - red[i])) " " \
        int(green[i] + f * (green[i + 1] - green[i])) " " int(blue[i] + f * (blue[i + 1] - blue[i]))
}
function colour(i, position, r, g, b) {
    stop[i] = position; red[i] = r; green[i] = g; blue[i] = b
}
function ln(x,    k, t, u) {
    # some awks are built without log()
    for (k = 0; x > 1.5; k++) x /= 2
    t = (x - 1) / (x + 1); u = t * t
    return 0.69314718056 * k + 2 * t * (1 + u * (1 / 3 + u * (1 / 5 + u * (1 / 7 + u / 9))))
}
/^#/ || NF == 0 { next }
{ view[$1] = $2 }
END {
    colour(1, 0.0000, 4, 8, 62)
    colour(2, 0.1600, 28, 100, 196)
    colour(3, 0.4200, 236, 252, 255)
    colour(4, 0.6425, 255, 170, 20)
    colour(5, 0.8575, 62, 10, 24)
    colour(6, 1.0000, 4, 8, 62)
    for (i = 0; i < 1024; i++) palette[i] = shade(i / 1024)

    columns = view["columns"]; rows = view["rows"]; size = view["tile"]; most = view["iterations"]
    if (columns * rows * size * most == 0 || number + 0 >= columns * rows) {
        print "no tile " number " in this view" > "/dev/stderr"
        exit 1
    }
    step = view["width"] / (columns * size)
    left = view["centre_re"] - view["width"] / 2 + (number % columns) * size * step
    top = view["centre_im"] + rows * size * step / 2 - int(number / columns) * size * step

    print "P3"
    print size, size
    print 255
    for (row = 0; row < size; row++) {
        b = top - (row + 0.5) * step
        for (column = 0; column < size; column++) {
            a = left + (column + 0.5) * step
            x = y = xx = yy = n = 0
            while (xx + yy < 256 && n < most) {
                y = 2 * x * y + b
                x = xx - yy + a
                xx = x * x
                yy = y * y
                n++
            }
            if (n == most) print "0 0 0"
            else {
                # a smooth count of iterations, so that no bands show
                smooth = n + 1 - ln(ln(xx + yy) / 2) / 0.69314718056
                print palette[int(1024 * (ln(smooth + 1) * 0.55 + 0.18)) % 1024]
            }
        }
    }
}' "$view" > "$file"

echo "wrote $file, $(wc -c < "$file") bytes"
