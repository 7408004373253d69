"""A program on a pseudo-terminal, and what its screen shows."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios

TIMEOUT_SECONDS = 60
SEQUENCE = re.compile(r"\x1b\[[0-9;]*([A-Za-z])")


class Terminal:
    """Runs a command with standard input and both outputs on a terminal of its own."""

    def __init__(self, command, columns, environment):
        self.master, slave = pty.openpty()
        self.text = ""
        self.resize(columns)
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def resize(self, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def _read(self):
        """Adds what comes next to the text. False where nothing more comes."""
        ready, _, _ = select.select([self.master], [], [], TIMEOUT_SECONDS)
        if not ready:
            raise TimeoutError("the program says nothing more, and doesn't end")
        try:
            data = os.read(self.master, 65536)
        except OSError:  # Linux tells thus that nobody has the other end open
            return False
        self.text += data.decode()
        return bool(data)

    def wait_for(self, text):
        while text not in self.text:
            if not self._read():
                raise EOFError(f"{text!r} never came")

    def type(self, text):
        os.write(self.master, text.encode())

    def signal(self, number):
        self.process.send_signal(number)

    def finish(self):
        """Waits for the end; gives the exit status."""
        while self._read():
            pass
        os.close(self.master)
        return self.process.wait(TIMEOUT_SECONDS)


def drawn_lines(text):
    """Every state of a line that was drawn over: what stands between CR and CR, as seen."""
    return [SEQUENCE.sub("", part) for part in re.split(r"[\r\n]+", text) if part]


def screen(text):
    """The lines that are left in the end, of a terminal that knows CR, LF and erasing."""
    lines, row, column = [""], 0, 0
    for piece in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", text):
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
            lines.append("")
        elif piece.endswith("K") and piece[0] == "\x1b":
            lines[row] = lines[row][:column]
        elif piece[0] != "\x1b":
            lines[row] = lines[row][:column].ljust(column) + piece + lines[row][column + len(piece) :]
            column += len(piece)
    return lines
