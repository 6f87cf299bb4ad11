# SPDX-License-Identifier: Apache-2.0
# The results of packaging/bench as a table, and as JSON into the file `json`.
# Reads "NAME WALL CPU PEAK" (measure) and "KIND\tFOLDER\tNAME\tVALUE" (bench_review, bench_window).
FILENAME ~ /times$/ {
    runs[$1]++
    if (runs[$1] == 1 || $2 < wall[$1]) wall[$1] = $2
    if (runs[$1] == 1 || $3 < cpu[$1]) cpu[$1] = $3
    if ($4 > peak[$1]) peak[$1] = $4
    walls[$1, runs[$1]] = $2
    cpus[$1, runs[$1]] = $3
    next
}
{
    split($0, field, "\t")
    value[field[1], field[2], field[3], ++values[field[1], field[2], field[3]]] = field[4]
    if (!((field[1], field[3]) in known)) {
        known[field[1], field[3]] = 1
        names[field[1], ++count[field[1]]] = field[3]
    }
}

# A line: what, against what, the figure in words, as a number, the aim in words, whether it is met. `bound`, the best
# that anyone could have reached, is "beyond" when not even that would have met it.
function line(what, against, text, number, aim, met, bound, verdict) {
    verdict = met ? "met" : (bound == "beyond" ? "LIMIT" : "MISSED")
    limited = limited || (aim != "" && verdict == "LIMIT")
    printf "%-58s %-34s %14s   %-12s %s\n", what, against, text, aim, aim == "" ? "" : verdict
    entries = entries (entries == "" ? "" : ",\n") sprintf( \
        "  {\"what\": \"%s\", \"against\": \"%s\", \"value\": %.4g, \"shown\": \"%s\", \"aim\": \"%s\", \"met\": %s}", \
        what, against, number, text, aim, aim == "" ? "null" : (met ? "true" : (bound == "beyond" ? "\"limit\"" : "false")))
}
function ratio(what, against, number, aim, met, bound) {
    line(what, against, sprintf("%.2f x", number), number, aim, met, bound)
}
function ms(what, number, most) {
    line(what, "", sprintf("%.1f ms", number), number, most == "" ? "" : "<= " most " ms", number <= most + 0)
}
function seconds(what, number, most, bound) {
    line(what, "", sprintf("%.2f s", number), number, most == "" ? "" : sprintf("<= %.2f s", most), number <= most + 0, bound)
}
# How many times as long the one took as the other, in the same round: the median of all rounds. The machine may be
# another one in the next.
function beside(name, other, i, times) {
    for (i = 1; i <= runs[name]; i++) times[i] = walls[name, i] / walls[other, i]
    return median(times, runs[name])
}
# The same of its processor time, spread over so many cores without loss.
function spread_beside(name, n, other, i, times) {
    for (i = 1; i <= runs[name]; i++) times[i] = cpus[name, i] / n / walls[other, i]
    return median(times, runs[name])
}
# The quickest of those that read twice as fast as simdjson, hash, write and flush as much, and guard nothing.
function least(threads, other, best, i) {
    for (i = 1; i <= 3; i++)
        if (i == 1 || beside("half" threads "_" pieces[i], other) < best)
            best = beside("half" threads "_" pieces[i], other)
    return best
}
# How much longer simdjson took, mostly, than where the aims in seconds were set; 1 where it was quicker.
function slowness(probe, i, times, sorted) {
    for (i = 1; i <= runs[probe]; i++) sorted[i] = walls[probe, i]
    times = median(sorted, runs[probe]) / (rows / 560000)
    return times < 1 ? 1 : times
}
function median(sorted, n, i, j, swapped) {
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && sorted[j] + 0 < sorted[j - 1] + 0; j--) {
            swapped = sorted[j]
            sorted[j] = sorted[j - 1]
            sorted[j - 1] = swapped
        }
    return sorted[int((n + 1) / 2)] + 0
}
function beyond(is) { return is ? "beyond" : "" }
# A bundle verified from memory. None can go below every byte read (dataset and splits are as long) and hashed once and every
# field looked at, shared by all cores without loss: here as fast as simdjson, twice as fast, and in no time.
function verified(what, name, probe, hash, read, most, bound) {
    bound = (cpu[probe] / 2 + cpu[hash] + 2 * cpu[read]) / cores
    seconds(what, wall[name], most, beyond(bound > most))
    seconds("of it: processor time, spread over " cores " cores", cpu[name] / cores, "")
    seconds("simdjson, SHA-256 and reading the splits, likewise", (cpu[probe] + cpu[hash] + cpu[read]) / cores, "")
    seconds("fields twice as fast, SHA-256 and reading, likewise", bound, "")
    seconds("SHA-256 and reading alone, likewise", (cpu[hash] + 2 * cpu[read]) / cores, "")
}
# What people wait for in the window: three sizes of folder, each with its aim. Aims of 10 million rows that
# grow with the rows are taken in proportion.
function targets(what, unit, aim1, aim2, aim3, grows, folder, shown, aims, all) {
    aim[1] = aim1
    aim[2] = aim2
    aim[3] = grows == "grows" ? aim3 * of("review", 3, "rows") / 1e7 : aim3
    all = 1
    for (folder = 1; folder <= 3; folder++) {
        shown = shown sprintf(" %10.1f", seen[folder])
        aims = aims (folder == 1 ? "" : " / ") sprintf("%.4g", aim[folder])
        all = all && seen[folder] <= aim[folder]
        targeted = targeted (folder == 1 ? "" : ", ") sprintf("%.4g", seen[folder])
    }
    printf "%-46s%s   <= %-24s %-3s %s\n", what, shown, aims, unit, all ? "met" : "MISSED"
    waits = waits (waits == "" ? "" : ",\n") sprintf( \
        "  {\"what\": \"%s\", \"values\": [%s], \"aims\": \"%s\", \"unit\": \"%s\", \"met\": %s}", \
        what, targeted, aims, unit, all ? "true" : "false")
    targeted = ""
}
function wait(what, name, aim1, aim2, aim3, grows, folder) {
    for (folder = 1; folder <= 3; folder++) seen[folder] = of("window", folder, name)
    targets(what, "ms", aim1, aim2, aim3, grows)
}
# Of one run the longest there was; of several the median of these.
function longest_stall(kind, folder, run, i, longest) {
    for (run = 1; run <= values[kind, folder, "rows"]; run++)
        longest[run] = longest_of_run(kind, folder, run)
    return median(longest, values[kind, folder, "rows"])
}
function longest_of_run(kind, folder, run, i, longest) {
    for (i = 1; i <= count[kind]; i++)
        if (names[kind, i] ~ /stall/ && value[kind, folder, names[kind, i], run] + 0 > longest)
            longest = value[kind, folder, names[kind, i], run] + 0
    return longest + 0
}
function longest_of_all(kind, folder, run, longest) {
    for (run = 1; run <= values[kind, folder, "rows"]; run++)
        if (longest_of_run(kind, folder, run) > longest) longest = longest_of_run(kind, folder, run)
    return longest + 0
}
# The median, where something was run several times.
function of(kind, folder, name, run, sorted) {
    for (run = 1; run <= values[kind, folder, name]; run++) sorted[run] = value[kind, folder, name, run]
    return median(sorted, values[kind, folder, name])
}

END {
    printf "%-58s %-34s %14s   %s\n", "what", "against", "measured", "aim"
    n = rows / 1000 " k"
    split("4 24 0", pieces, " ")
    split("each 4 MiB|each 24 MiB|at the end", flushes, "|")
    ratio("export " n " rows, 1 thread, splits, hashes: time", "simdjson touching every field", \
        beside("export1", "probe"), "<= 2.0 x", beside("export1", "probe") <= 2, beyond(least(1, "probe") > 2))
    # bench_least: what no export can go below that reads by simdjson and hashes by OpenSSL, that reads twice as fast, and at all.
    fields = "simdjson, hashed, written, flushed, not guarded"
    half = "fields twice as fast, hashed, written, flushed "
    nothing = "no field looked at, hashed, written, flushed"
    ratio(fields, "the same", beside("fields1", "probe"), "", 0)
    ratio("the export", "that", beside("export1", "fields1"), "", 0)
    for (i = 1; i <= 3; i++)
        ratio(half flushes[i], "simdjson touching every field", beside("half1_" pieces[i], "probe"), "", 0)
    ratio(nothing, "simdjson touching every field", beside("nothing1", "probe"), "", 0)
    ratio("export, 1 thread: processor time", "the same", spread_beside("export1", 1, "probe"), "", 0)
    ratio("of it, read and guarded (check)", "the same", spread_beside("check1", 1, "probe"), "", 0)
    ratio("of it, SHA-256 of dataset and splits alone", "the same", spread_beside("hash1", 1, "probe"), "", 0)
    ratio("of it, dataset and splits copied to the disk alone", "the same", spread_beside("write1", 1, "probe"), "", 0)
    ratio("export, 2 threads on " cores " cores: faster by", "1 thread", beside("export1", "export2"), \
        ">= 1.6 x", beside("export1", "export2") >= 1.6, beyond(1 / least(2, "export1") < 1.6))
    ratio("the same: processor time, spread over " cores " cores", "1 thread", \
        1 / spread_beside("export2", cores, "export1"), "", 0)
    for (i = 1; i <= 3; i++)
        ratio(half flushes[i], "the export, 1 thread", beside("export1", "half2_" pieces[i]), "", 0)
    ratio(nothing, "the export, 1 thread", beside("export1", "nothing2"), "", 0)
    ratio("SHA-256 on two cores while as much is written: time", "nothing written", beside("hashes_beside", "hashes"), "", 0)
    ratio("export, 2 threads: time", "cp of what is written, flushed", beside("export2", "write1"), "", 0)
    ratio("export, 2 threads: time", "cp of the input, flushed", beside("export2", "copy"), "<= 2 x", \
        beside("export2", "copy") <= 2, beyond(least(2, "copy") > 2))
    ratio("the same: processor time, spread over " cores " cores", "the same", \
        spread_beside("export2", cores, "copy"), "", 0)
    ratio(fields, "the same", beside("fields2", "copy"), "", 0)
    ratio("the export, 2 threads", "that", beside("export2", "fields2"), "", 0)
    for (i = 1; i <= 3; i++)
        ratio(half flushes[i], "cp of the input, flushed", beside("half2_" pieces[i], "copy"), "", 0)
    ratio(nothing, "cp of the input, flushed", beside("nothing2", "copy"), "", 0)
    disk = "what is written, on the disk alone, flushed "
    for (i = 1; i <= 3; i++)
        ratio(disk flushes[i], "cp of the input, flushed", beside("disk_" pieces[i], "copy"), "", 0)
    if (duckdb == "ran") {
        ratio("export, 2 threads: faster by", "DuckDB, the same split files", \
            beside("duckdb", "export2"), ">= 5 x", beside("duckdb", "export2") >= 5, \
            beyond(1 / least(2, "duckdb") < 5))
        ratio(fields, "the same", beside("duckdb", "fields2"), "", 0)
        for (i = 1; i <= 3; i++)
            ratio(half flushes[i], "the same", beside("duckdb", "half2_" pieces[i]), "", 0)
        ratio(nothing, "the same", beside("duckdb", "nothing2"), "", 0)
        for (i = 1; i <= 3; i++)
            ratio(disk flushes[i], "the same", beside("duckdb", "disk_" pieces[i]), "", 0)
    } else {
        line("export, 2 threads: faster by", "DuckDB, the same split files", duckdb, -1, ">= 5 x", 0)
    }
    factor = wall["slow"] / slow * rows / wall["export2"]
    ratio("export, 2 threads: faster by", "DOM and regex (" slow " rows)", factor, ">= 25 x", factor >= 25)
    line("the same: rate", "", sprintf("%.0f k rows/s", rows / wall["export2"] / 1000), rows / wall["export2"], "", 0)
    line("the same, all 70 features of signals_v1: rate", "", sprintf("%.0f k rows/s", rows / wall["full2"] / 1000), \
        rows / wall["full2"], "", 0)
    # Aims in seconds were set where simdjson touches every field of 560 k rows a second on one core. Where it is
    # slower they hold in proportion to what it does beside us, elsewhere as they are. 2 s for a million rows:
    slower = slowness("probe")
    line("simdjson touching every field, one core", "", sprintf("%.0f k rows/s", rows / wall["probe"] / 1000), \
        rows / wall["probe"], "", 0)
    most = 2 * rows / 1e6 * slower
    verified("verify " n " rows of the captured features, " cores " threads", "verify2", "probe", "hash1", "read1", most)
    verified("verify " n " rows of all features, " sprintf("%.2f kB", full_bytes / rows / 1000), \
        "full_verify2", "full_probe", "full_hash1", "full_read1", most)
    seconds("verify 50 k rows of the captured features", wall["small_verify2"], 0.2 * slowness("small_probe"))
    seconds("export 50 k rows, 2 threads", wall["small2"], 1 * slower)
    seconds("export " large / 1e6 " M rows, 2 threads", wall["large2"], 15 * large / 1e6 * slower)
    line("peak memory, 50 k rows", "", sprintf("%.1f MiB", peak["small2"] / 1024), peak["small2"] / 1024, \
        "<= 96 MB", peak["small2"] * 1024 <= 96e6)
    line("peak memory, " large / 1e6 " M rows", "", sprintf("%.1f MiB", peak["large2"] / 1024), \
        peak["large2"] / 1024, "<= 96 MB", peak["large2"] * 1024 <= 96e6)
    ratio("peak memory, " large / 1e6 " M rows", "50 k rows", peak["large2"] / peak["small2"], "<= 1.1 x", \
        peak["large2"] <= 1.1 * peak["small2"])
    ms("first rows, " large / 1e6 " M rows opened for the first time", of("review", 3, "first rows, read"), 100)
    filtered = large > 5e6 ? 150 : 50
    bytes = of("review", 3, "index, bytes held a row")
    line("index of " large / 1e6 " M rows", "", sprintf("%.1f bytes/row", bytes), bytes, \
        "<= 32", bytes <= 32)
    ms("filter change on " large / 1e6 " M rows, first page seen", of("window", 3, "filter change, first page seen"), \
        filtered)
    ms("the same: longest stall of the GUI thread", of("window", 3, "filter change, longest stall"), 8)
    ms("the same: processor time of the longest event", \
        of("window", 3, "filter change, processor time of the longest event"), "")
    ms("scrolling " large / 1e6 " M rows, frame p99", of("window", 3, "scrolling by the wheel, frame p99"), 8)
    ms("start: window painted, " large / 1e6 " M rows to be opened", \
        of("window", 3, "started for the first time, window painted"), 500)
    line("rows read by then", "", of("window", 3, "started for the first time, rows known by then") "", of("window", 3, "started for the first time, rows known by then"), "0", \
        of("window", 3, "started for the first time, rows known by then") == 0)

    if (limited)
        print "LIMIT: missed, and so it would be by who reads twice as fast as simdjson, hashes, writes and flushes as much, and guards nothing: the lines below it"

    split("50 k,1 M,5 M", title, ",")
    title[1] = of("review", 1, "rows") / 1000 " k"
    title[2] = of("review", 2, "rows") / 1000 " k"
    title[3] = of("review", 3, "rows") / 1000 " k"
    printf "\n%-46s %10s %10s %10s   aims\n", "the window, in the order of aims", title[1], title[2], title[3]
    wait("start: window painted", "started for the first time, window painted", 500, 500, 500)
    wait("folder opened: first page painted", "opened for the first time, first page seen", 150, 200, 200)
    wait("opened again: all rows known", "opened once more, all rows known", 50, 800, 8000, "grows")
    wait("all guarded and counted", "opened for the first time, complete", 200 * slowness("window_probe1"), \
        3000 * slowness("window_probe2"), 30000 * slowness("window_probe3"), "grows")
    wait("filter: first page painted", "filter change, first page seen", 30, 50, 150)
    wait("sort: first page painted", "sort by a number, first page seen", 50, 300, 3000, "grows")
    wait("search by id: first hits painted", "search by id, first hits seen", 50, 100, 100)
    wait("search by id: all found", "search by id, all", 150, 1500, 15000, "grows")
    wait("to the last row: page painted", "jump to the end, page seen", 16.7, 16.7, 33.3)
    wait("reading stopped", "reading stopped", 500, 500, 500)
    wait("wheel: frame p50", "scrolling by the wheel, frame p50", 12, 12, 12)
    wait("wheel: frame p95", "scrolling by the wheel, frame p95", 16.7, 16.7, 16.7)
    wait("wheel: frame p99", "scrolling by the wheel, frame p99", 25, 25, 25)
    wait("pages: frame p99", "scrolling by pages, frame p99", 25, 25, 25)
    wait("bar: frame p99", "scrolling by the bar, frame p99", 25, 25, 25)
    wait("dark", "dark", 300, 300, 300)
    wait("light again", "light again", 300, 300, 300)
    for (folder = 1; folder <= 3; folder++) seen[folder] = longest_stall("window", folder)
    targets("longest stall of anything above", "ms", 50, 50, 50)
    for (folder = 1; folder <= 3; folder++) seen[folder] = longest_of_all("window", folder)
    targets("the same, in the worst of all rounds", "ms", 100, 100, 100)
    for (folder = 1; folder <= 3; folder++) seen[folder] = of("window", folder, "memory held, MB")
    # 120 MB, and beyond them 10 and 60, then 45 bytes a row.
    targets("memory held", "MB", 130, 180, 120 + 45 * of("review", 3, "rows") / 1000000)

    printf "\n%-58s %-34s %14s   %s\n", "the window on an X server, " title[3] " rows", "", "measured", "aim"
    ms("folder opened: first page painted", of("x", 1, "opened for the first time, first page seen"), 200)
    ms("filter: first page painted", of("x", 1, "filter change, first page seen"), filtered)
    ms("its wheel: frame p50", of("x", 1, "scrolling by the wheel, frame p50"), 12)
    ms("its wheel: frame p95", of("x", 1, "scrolling by the wheel, frame p95"), 16.7)
    ms("its wheel: frame p99", of("x", 1, "scrolling by the wheel, frame p99"), 25)
    ms("its page keys: frame p99", of("x", 1, "scrolling by pages, frame p99"), 25)
    ms("its key to the last row: page painted", of("x", 1, "jump to the end, page seen"), 33.3)
    ms("longest stall of anything", longest_stall("x", 1), 50)

    for (kind in count) kinds[kind] = 1
    for (k = 1; k <= 2; k++) {
        kind = k == 1 ? "review" : "window"
        printf "\n%-58s %12s %12s %12s\n", k == 1 ? "core, in milliseconds" : "window, in milliseconds", \
            title[1], title[2], title[3]
        for (i = 1; i <= count[kind]; i++) {
            name = names[kind, i]
            printf "%-58s", name
            text = ""
            for (folder = 1; folder <= 3; folder++) {
                printf " %12.2f", of(kind, folder, name)
                text = text (folder == 1 ? "" : ", ") sprintf("%.3f", of(kind, folder, name))
            }
            printf "\n"
            sizes = sizes (sizes == "" ? "" : ",\n") sprintf("  {\"of\": \"%s\", \"what\": \"%s\", \"values\": [%s]}", kind, name, text)
        }
    }
    for (name in wall)
        raw = raw (raw == "" ? "" : ",\n") sprintf("  \"%s\": {\"runs\": %d, \"seconds\": %s, \"cpu\": %s, \"peak_kib\": %s}", \
            name, runs[name], wall[name], cpu[name], peak[name])
    printf "{\"figures\": [\n%s\n], \"waits\": [\n%s\n], \"sizes\": [\n%s\n], \"rows\": %d, \"large\": %d, \"cores\": %d, \"runs\": {\n%s\n}}\n", \
        entries, waits, sizes, rows, large, cores, raw > json
}
