<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ColumnHistogram</name>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message numerus="yes">
        <source>Exported %1 rows in %2 to %3</source>
        <translation>
            <numerusform>Exported %1 row in %2 to %3</numerusform>
            <numerusform>Exported %1 rows in %2 to %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewState</name>
    <message numerus="yes">
        <source>%1 has %2 files, but none ends in .jsonl, .jsonl.gz or .jsonl.zst, and none is a learning.db.</source>
        <translation>
            <numerusform>%1 has %2 file, but none ends in .jsonl, .jsonl.gz or .jsonl.zst, and none is a learning.db.</numerusform>
            <numerusform>%1 has %2 files, but none ends in .jsonl, .jsonl.gz or .jsonl.zst, and none is a learning.db.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows were read.</source>
        <translation>
            <numerusform>%1 row was read.</numerusform>
            <numerusform>%1 rows were read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 matched rows were rejected by %2. Correct them at the source or change the filters.</source>
        <translation>
            <numerusform>The one matched row was rejected by %2. Correct it at the source or change the filters.</numerusform>
            <numerusform>All %1 matched rows were rejected by %2. Correct them at the source or change the filters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 matched rows were rejected, most of them (%2) by %3. Correct them at the source or change the filters.</source>
        <translation>
            <numerusform>The one matched row was rejected by %3. Correct it at the source or change the filters.</numerusform>
            <numerusform>All %1 matched rows were rejected, most of them (%2) by %3. Correct them at the source or change the filters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %1 files in %2 hold no rows.</source>
        <translation>
            <numerusform>The one file in %2 holds no rows.</numerusform>
            <numerusform>The %1 files in %2 hold no rows.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 free-text labels are withheld.</source>
        <translation>
            <numerusform>%1 free-text label is withheld.</numerusform>
            <numerusform>%1 free-text labels are withheld.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 feature values are withheld.</source>
        <translation>
            <numerusform>%1 feature value is withheld.</numerusform>
            <numerusform>%1 feature values are withheld.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %1 matched rows passed the guard.</source>
        <translation>
            <numerusform>The one matched row passed the guard.</numerusform>
            <numerusform>All %1 matched rows passed the guard.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message numerus="yes">
        <source>%1 numbers within range</source>
        <translation>
            <numerusform>%1 number within range</numerusform>
            <numerusform>%1 numbers within range</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 strings from closed sets</source>
        <translation>
            <numerusform>%1 string from closed sets</numerusform>
            <numerusform>%1 strings from closed sets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 null</source>
        <translation>
            <numerusform>%1 null</numerusform>
            <numerusform>%1 null</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::ChoiceList</name>
    <message numerus="yes">
        <source>%1, %n rows</source>
        <translation>
            <numerusform>%1, %n row</numerusform>
            <numerusform>%1, %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::DesktopNotice</name>
    <message numerus="yes">
        <source>%1 rows are in the bundle.</source>
        <translation>
            <numerusform>%1 row is in the bundle.</numerusform>
            <numerusform>%1 rows are in the bundle.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::FiltersPanel</name>
    <message numerus="yes">
        <source>Filters · %n on</source>
        <translation>
            <numerusform>Filters · %n on</numerusform>
            <numerusform>Filters · %n on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n labelled rows</source>
        <translation>
            <numerusform>%n labelled row</numerusform>
            <numerusform>%n labelled rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>at most %1 rows</source>
        <translation>
            <numerusform>at most %1 row</numerusform>
            <numerusform>at most %1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::FirstRunPage</name>
    <message numerus="yes">
        <source>%1 %2, %n features</source>
        <translation>
            <numerusform>%1 %2, %n feature</numerusform>
            <numerusform>%1 %2, %n features</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::PreviewBars</name>
    <message numerus="yes">
        <source>%1 files cannot be read, among them %2 (%3).</source>
        <translation>
            <numerusform>%1 file cannot be read: %2 (%3).</numerusform>
            <numerusform>%1 files cannot be read, among them %2 (%3).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %1 files are shown.</source>
        <translation>
            <numerusform>The other file is shown.</numerusform>
            <numerusform>The other %1 files are shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::PreviewPanel</name>
    <message numerus="yes">
        <source>%1 of %2 columns</source>
        <translation>
            <numerusform>%1 of %2 columns</numerusform>
            <numerusform>%1 of %2 columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::RejectionDetail</name>
    <message numerus="yes">
        <source>%1 findings in this row</source>
        <translation>
            <numerusform>%1 finding in this row</numerusform>
            <numerusform>%1 findings in this row</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::RejectionSummary</name>
    <message numerus="yes">
        <source>%1 rules</source>
        <translation>
            <numerusform>%1 rule</numerusform>
            <numerusform>%1 rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 files</source>
        <translation>
            <numerusform>%1 file</numerusform>
            <numerusform>%1 files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 findings</source>
        <translation>
            <numerusform>%1 finding</numerusform>
            <numerusform>%1 findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows break several rules and count under each.</source>
        <translation>
            <numerusform>%1 row breaks several rules and counts under each.</numerusform>
            <numerusform>%1 rows break several rules and count under each.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::RejectionsPanel</name>
    <message numerus="yes">
        <source>%1 findings</source>
        <translation>
            <numerusform>%1 finding</numerusform>
            <numerusform>%1 findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %1 findings, masked.</source>
        <translation>
            <numerusform>Copied %1 finding, masked.</numerusform>
            <numerusform>Copied %1 findings, masked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::StatusLine</name>
    <message numerus="yes">
        <source>Scanned %n files in %1</source>
        <translation>
            <numerusform>Scanned %n file in %1</numerusform>
            <numerusform>Scanned %n files in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %2 label files belong to no example</source>
        <translation>
            <numerusform>%1 · %2 label file belongs to no example</numerusform>
            <numerusform>%1 · %2 label files belong to no example</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 matched</source>
        <translation>
            <numerusform>%1 matched</numerusform>
            <numerusform>%1 matched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 kept</source>
        <translation>
            <numerusform>%1 kept</numerusform>
            <numerusform>%1 kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rejected</source>
        <translation>
            <numerusform>%1 rejected</numerusform>
            <numerusform>%1 rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>workbench::ToolBar</name>
    <message numerus="yes">
        <source>%1: %n features. Fingerprint %2</source>
        <translation>
            <numerusform>%1: %n feature. Fingerprint %2</numerusform>
            <numerusform>%1: %n features. Fingerprint %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %1 rows…</source>
        <translation>
            <numerusform>Export %1 row…</numerusform>
            <numerusform>Export %1 rows…</numerusform>
        </translation>
    </message>
</context>
</TS>
