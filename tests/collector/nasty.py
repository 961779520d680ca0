"""Lines that somebody may try to get past the guard: made from allowed ones, or of other kinds altogether."""

from hypothesis import strategies as st

from collector.platform import platforms

ALLOWED = sorted({line for known in platforms().values() for line in known.allowed})
READING = sorted({line for known in platforms().values() for line in known.commands()})

CONTROL = [chr(code) for code in (*range(32), 127, *range(128, 160))]
"""NUL, ESC, line ends, tab completion, Ctrl-Z, and the C1 ones that some terminals obey."""
SEPARATORS = [
    "\n",
    "\r",
    ";",
    " ; ",
    "&",
    "&&",
    "||",
    "\u2028",
    "\u2029",
    "\x85",
    "\\n",
    "%0a",
    "\r\n",
    "`",
    "$(",
    "'",
    '"',
]
BLANKS = [" ", "  ", "\t", "\u00a0", "\u2003", "\u200b", "\u3000", "\ufeff"]
INVISIBLE = ["\u0301", "\u200d", "\u200f", "\u202e", "\u2066", "\u00ad", "\ufe0f", "\U000e0020"]
"""Combining accent, joiners, marks that turn the direction of writing, tags."""
TAILS = [
    " | redirect flash:/x.cfg",
    " | save x.txt",
    " | append x.txt",
    " | tee x.txt",
    " | include password",
    " | no-more",
    " > flash:/x.txt",
    " >> bootflash:x",
    " > tftp://192.0.2.9/x",
    "?",
    " ?",
    "\t",
    " !",
    "!",
    "\x1b[A",
    "\x03",
    "\x1a",
    " full",
    " x" * 2000,
]
HEADS = ["undo ", "no ", "do ", "! ", "sudo ", "run ", "\x15", "\x01", "\x1b[2K", "\r", "\n", "q\n", "y\n"]
OTHERS = [
    "",
    " ",
    "\n",
    "y",
    "Y",
    "N",
    "q",
    "!",
    "!!",
    "?",
    "system-view",
    "configure terminal",
    "save",
    "save force",
    "reboot",
    "reload",
    "reset saved-configuration",
    "reset counters interface",
    "clear logging",
    "write memory",
    "copy running-config startup-config",
    "delete flash:/startup.cfg",
    "undo screen-length disable",
    "undo info-center enable",
    "no logging console",
    "format flash:",
    "quit",
    "super",
    "enable",
    "ping 192.0.2.1",
    "tftp 192.0.2.9 put x",
    "display diagnostic-information",
    "display diag",
    "show tech-support",
    "bash",
    "run bash rm -rf /",
    "python",
    "<core-1>display version",
]

# What looks like a letter of a command and is none.
ALIKE = {
    "a": "\u0430",
    "c": "\u0441",
    "d": "\u0501",
    "e": "\u0435",
    "i": "\u0456",
    "o": "\u043e",
    "p": "\u0440",
    "s": "\u0455",
    "y": "\u0443",
    " ": "\u00a0",
    "-": "\u2010",
    "/": "\u2215",
    "0": "\u041e",
    "1": "l",
    "k": "\u212a",
}


def fullwidth(line: str) -> str:
    """The same line in the wide forms that a Chinese input method types."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" for c in line)


def look_alike(line: str) -> str:
    return "".join(ALIKE.get(c, c) for c in line)


def abbreviated(line: str, letters: int) -> str:
    """Every word cut down, as devices accept it."""
    return " ".join(word[:letters] for word in line.split(" "))


def of(line: str) -> list[str]:
    """Everything that this table makes of an allowed line; none of it is that line."""
    middle = len(line) // 2
    made = [
        *(line + tail for tail in (*TAILS, *CONTROL, *SEPARATORS, *BLANKS, *INVISIBLE)),
        *(head + line for head in (*HEADS, *CONTROL, *BLANKS, *INVISIBLE)),
        *(line[:middle] + inside + line[middle:] for inside in (*CONTROL, *INVISIBLE)),
        *(line + between + other for between in SEPARATORS for other in ("save", line)),
        fullwidth(line),
        look_alike(line),
        line.upper(),
        line.title(),
        line.swapcase(),
        line.replace(" ", "  "),
        line.replace(" ", "\t"),
        line.replace(" ", "\n"),
        *(abbreviated(line, letters) for letters in (1, 2, 3, 4)),
        line[:-1],
        line * 500,
    ]
    return [each for each in dict.fromkeys(made) if each != line]


LINES = st.one_of(
    st.text(),
    st.sampled_from(OTHERS),
    st.sampled_from(ALLOWED),
    st.builds(
        lambda line, place, inside: line[:place] + inside + line[place:],
        st.sampled_from(ALLOWED),
        st.integers(0, 40),
        st.one_of(st.characters(), st.sampled_from([*CONTROL, *SEPARATORS, *BLANKS, *INVISIBLE])),
    ),
    st.sampled_from(ALLOWED).flatmap(lambda line: st.sampled_from(of(line))),
)
"""Any line at all, most of them close to an allowed one."""
