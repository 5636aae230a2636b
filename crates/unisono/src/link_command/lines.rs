//! A line in, a line out: bounded in memory, however long the input and its lines are.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

/// One line, without its end.
pub(super) enum Line<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// Only the start of a line that is longer than allowed.
    Start(&'a [u8]),
}

/// Writes the answer to each line of `input`, in order. Answers go out whenever the input has nothing more to read
/// at once, so that a person or a program can ask line by line.
pub(super) fn answer_each(
    input: &mut BufReader<impl Read>,
    output: impl Write,
    bytes_max: usize,
    answer: impl Fn(&Line<'_>) -> String,
) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    let mut bytes = Vec::new();
    let bytes_read_max = bytes_max as u64 + 1;
    loop {
        bytes.clear();
        if input
            .by_ref()
            .take(bytes_read_max)
            .read_until(b'\n', &mut bytes)?
            == 0
        {
            return output.flush();
        }
        let line = match bytes.strip_suffix(b"\n") {
            Some(line) => Line::Whole(line.strip_suffix(b"\r").unwrap_or(line)),
            None if bytes.len() <= bytes_max => Line::Whole(&bytes),
            None => {
                input.skip_until(b'\n')?;
                Line::Start(&bytes[..bytes_max])
            }
        };
        writeln!(output, "{}", answer(&line))?;
        if !input.buffer().contains(&b'\n') {
            output.flush()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(input: &[u8], bytes_max: usize) -> String {
        let mut output = Vec::new();
        let mut input = BufReader::with_capacity(3, input);
        let answer = |line: &Line<'_>| match line {
            Line::Whole(bytes) => format!("whole {}", bytes.escape_ascii()),
            Line::Start(bytes) => format!("start {}", bytes.escape_ascii()),
        };
        answer_each(&mut input, &mut output, bytes_max, answer).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn every_line_has_its_answer_in_order_and_the_last_needs_no_end() {
        assert_eq!(
            answered(b"a\n\nb\r\nc", 9),
            "whole a\nwhole \nwhole b\nwhole c\n"
        );
        assert_eq!(answered(b"", 9), "");
        assert_eq!(answered(b"\xff\0\n", 9), "whole \\xff\\x00\n");
    }

    #[test]
    fn a_line_over_the_bound_is_cut_and_the_next_one_is_whole() {
        assert_eq!(
            answered(b"123456\n12345\n1", 5),
            "start 12345\nwhole 12345\nwhole 1\n"
        );
        assert_eq!(answered(b"1234567890", 5), "start 12345\n");
    }

    #[test]
    fn an_answer_goes_out_before_the_next_question_comes() {
        struct Asking<'a>(&'a std::cell::RefCell<Vec<u8>>, u8);
        impl Read for Asking<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let answers = self
                    .0
                    .borrow()
                    .iter()
                    .filter(|byte| **byte == b'\n')
                    .count();
                assert_eq!(answers, usize::from(self.1), "each question has its answer");
                self.1 += 1;
                let question: &[u8] = if self.1 > 3 { b"" } else { b"?\n" };
                buffer[..question.len()].copy_from_slice(question);
                Ok(question.len())
            }
        }
        struct Noting<'a>(&'a std::cell::RefCell<Vec<u8>>);
        impl Write for Noting<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.borrow_mut().extend(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let written = std::cell::RefCell::new(Vec::new());
        let mut input = BufReader::new(Asking(&written, 0));
        answer_each(&mut input, Noting(&written), 9, |_| "!".to_owned()).unwrap();
        assert_eq!(*written.borrow(), b"!\n!\n!\n");
    }
}
