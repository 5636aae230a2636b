//! Who may signal to whom, and what of it passes.

use base::MemberId;
use protocol::{
    Candidate, CandidateKind, ClientMessage, Member, Role, Sdp, ServerMessage, candidates,
    only_relayed,
};

use super::command::{Output, Reject};
use super::roster::{Presence, Roster};

/// Candidates in one description that count as ways to reach its sender.
const CANDIDATES_IN_SDP_MAX: usize = 32;

/// Passes a signalling message on, if membership allows it. A cast is a star with one centre, the caster; peers
/// exchange files with each other, whoever asks first.
pub(crate) fn route(
    roster: &Roster,
    from: MemberId,
    message: ClientMessage,
) -> Result<Vec<Output>, Reject> {
    let sender = &roster.admitted(from).ok_or(Reject::Forbidden)?.member;
    let to = addressee(&message).ok_or(Reject::Forbidden)?;
    let receiver = roster.admitted(to).ok_or(Reject::Gone)?;
    let may = match (sender.role, receiver.member.role) {
        (Role::Caster, Role::Listener) => !matches!(message, ClientMessage::Answer { .. }),
        (Role::Listener, Role::Caster) => !matches!(message, ClientMessage::Offer { .. }),
        (Role::Peer, Role::Peer) => from != to,
        _ => false,
    };
    if !may {
        return Err(Reject::Forbidden);
    }
    if receiver.presence != Presence::Here {
        return Err(Reject::Gone);
    }
    pass(sender, to, message)
}

const fn addressee(message: &ClientMessage) -> Option<MemberId> {
    match message {
        ClientMessage::Offer { to, .. }
        | ClientMessage::Answer { to, .. }
        | ClientMessage::Candidate { to, .. }
        | ClientMessage::EndOfCandidates { to }
        | ClientMessage::Restart { to } => Some(*to),
        _ => None,
    }
}

fn pass(sender: &Member, to: MemberId, message: ClientMessage) -> Result<Vec<Output>, Reject> {
    let from = sender.id;
    Ok(match message {
        ClientMessage::Offer { sdp, .. } => {
            describe(sender, to, sdp, |sdp| ServerMessage::Offer { from, sdp })
        }
        ClientMessage::Answer { sdp, .. } => {
            describe(sender, to, sdp, |sdp| ServerMessage::Answer { from, sdp })
        }
        ClientMessage::Candidate { candidate, mid, .. } => {
            return offer_candidate(sender, to, candidate, mid);
        }
        ClientMessage::EndOfCandidates { .. } => {
            vec![Output::Send {
                to,
                message: ServerMessage::EndOfCandidates { from },
            }]
        }
        _ => vec![
            Output::Restart { to, from },
            Output::Restart { to: from, from: to },
        ],
    })
}

fn describe(
    sender: &Member,
    to: MemberId,
    sdp: Sdp,
    message: impl FnOnce(Sdp) -> ServerMessage,
) -> Vec<Output> {
    let sdp = if sender.hide_address {
        only_relayed(&sdp)
    } else {
        sdp
    };
    let mut outputs: Vec<Output> = candidates(&sdp)
        .take(CANDIDATES_IN_SDP_MAX)
        .filter_map(|candidate| reachable(sender.id, &candidate))
        .collect();
    outputs.push(Output::Send {
        to,
        message: message(sdp),
    });
    outputs
}

fn offer_candidate(
    sender: &Member,
    to: MemberId,
    line: Sdp,
    mid: Option<String>,
) -> Result<Vec<Output>, Reject> {
    // Some browsers end their candidates with an empty one.
    if line.0.is_empty() {
        return Ok(Vec::new());
    }
    let candidate = Candidate::parse(&line.0).ok_or(Reject::NotACandidate)?;
    let reachable = reachable(sender.id, &candidate).into_iter();
    let line = match candidate.kind() {
        _ if !sender.hide_address => line,
        CandidateKind::Relayed => Sdp(candidate.without_related_address()),
        // Dropped in silence: the sender asked for exactly this.
        _ => return Ok(Vec::new()),
    };
    let message = ServerMessage::Candidate {
        from: sender.id,
        candidate: line,
        mid,
    };
    Ok(reachable.chain([Output::Send { to, message }]).collect())
}

fn reachable(member: MemberId, candidate: &Candidate<'_>) -> Option<Output> {
    candidate
        .address()
        .map(|address| Output::Reachable { member, address })
}
