//! Bytes of frames and what they say; `null` where they are refused.

use serde_json::{Value, json};
use sync::{FRAME_BYTES, LocalTime, RoomTime, TimeAnswer, TimeRequest};

const SENT_US: [i64; 4] = [0, 1_234_567, -5_000_000, 4_503_599_627_370_495];

pub(crate) fn rows() -> Vec<Value> {
    let mut frames: Vec<Vec<u8>> = vec![
        vec![],
        vec![0; 24],
        vec![0; 26],
        vec![0xff; FRAME_BYTES],
        i64::MAX.to_be_bytes().into_iter().chain([0; 17]).collect(),
    ];
    for sent_us in SENT_US {
        let request = TimeRequest {
            sent: LocalTime::from_us(sent_us),
        };
        let got = RoomTime::from_us(1_790_000_000_123_456 - sent_us / 2);
        let answered = RoomTime::from_us(got.us() + 41);
        frames.push(request.to_bytes().to_vec());
        frames.push(request.answer(got, answered, 0).to_bytes().to_vec());
        frames.push(request.answer(got, answered, 255).to_bytes().to_vec());
        frames.push(request.answer(answered, got, 3).to_bytes().to_vec());
    }
    let mut flagged = frames[5].clone();
    flagged[24] = 1;
    frames.push(flagged);
    frames.iter().map(|bytes| row(bytes)).collect()
}

fn row(bytes: &[u8]) -> Value {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let request = TimeRequest::parse(bytes).ok().map(|one| one.sent.us());
    let answer = TimeAnswer::parse(bytes).ok().map(|one| {
        json!([
            one.sent.us(),
            one.got.us(),
            one.answered.us(),
            one.clock_epoch
        ])
    });
    json!({"bytes": hex, "request": request, "answer": answer})
}
