// SPDX-License-Identifier: MIT
// Copies an answer out of the library's resolution, while that is leased.
using System;
using System.Collections.Generic;
using PoleLookup.Native;

namespace PoleLookup
{
    internal static unsafe class AnswerReader
    {
        // heard: IntPtr.Zero for a pole that was described.
        internal static Answer Read(PoleIndex index, IntPtr native, IntPtr resolution, IntPtr heard)
        {
            pole_answer head;
            head.struct_size = (uint)sizeof(pole_answer);
            PoleException.Check(NativeMethods.pole_resolution_answer(resolution, &head));
            return new Answer {
                Match = (PoleMatch)head.match,
                Reason = (PoleReason)head.reason,
                Confidence = Number.OrNull(head.confidence),
                ConfidencePlace = Number.OrNull(head.confidence_place),
                NoPole = Number.OrNull(head.no_pole),
                FarShare = Number.OrNull(head.far_share),
                Query = Utf8.Read(head.query),
                Heard = Utf8.ReadOrNull(head.heard),
                Readings = Readings(heard),
                Warnings = (PoleWarnings)head.warnings,
                CorroboratedBy = (EvidenceKinds)head.corroborated_by,
                Candidates = Candidates(index, native, resolution, (int)head.candidates),
                CandidatesFound = (int)head.candidates_found,
                FarRival = FarRival(index, native, resolution),
                Estimate = Estimate(index, native, resolution),
                Question = head.question == 0 ? null : Question(index, native, resolution),
                Evidence = Evidence(index, native, resolution, (int)head.evidence),
                Channel = Utf8.ReadOrNull(head.channel),
                ChannelId = Utf8.ReadOrNull(head.channel_id),
                Clean = Number.OrNull(head.clean),
                IndexId = index.Info.Id,
                IsSample = index.IsSample
            };
        }

        internal static IReadOnlyList<HeardCode> Readings(IntPtr heard)
        {
            if (heard == IntPtr.Zero) {
                return new HeardCode[0];
            }
            const int Most = 8;
            pole_heard_code* codes = stackalloc pole_heard_code[Most];
            int count =
                Math.Min(Most, (int)NativeMethods.pole_heard_codes(heard, codes, (UIntPtr)Most));
            var readings = new HeardCode[count];
            for (int i = 0; i < count; i++) {
                readings[i] = new HeardCode(Utf8.ReadEnded(codes[i].code), codes[i].weight);
            }
            return Array.AsReadOnly(readings);
        }

        private static IReadOnlyList<Candidate> Candidates(PoleIndex index, IntPtr native,
                                                           IntPtr resolution, int count)
        {
            var candidates = new Candidate[count];
            for (int i = 0; i < count; i++) {
                pole_candidate candidate;
                pole_record record;
                candidate.struct_size = (uint)sizeof(pole_candidate);
                record.struct_size = (uint)sizeof(pole_record);
                PoleException.Check(NativeMethods.pole_resolution_candidate(
                    resolution, (UIntPtr)(uint)i, &candidate, &record));
                candidates[i] = new Candidate {
                    Pole = index.PoleOf(record),
                    Matched = (PoleMatchedBy)candidate.matched,
                    Confidence = Number.OrNull(candidate.confidence),
                    DistanceToFirstM = candidate.distance_to_first_m,
                    DistanceToHintM = Number.OrNull(candidate.distance_to_hint_m),
                    X = Number.OrNull(candidate.x),
                    Y = Number.OrNull(candidate.y),
                    Crs = Utf8.ReadOrNull(candidate.crs),
                    CrossStreets = CrossStreets(&candidate),
                    Neighbours = Neighbours(index, native, &candidate),
                    Stations = index.HitsOf(native, candidate.stations, candidate.station_count),
                    AreaEdge = index.EdgeOf(native, candidate.area_edge),
                    Edits = Edits(&candidate)
                };
            }
            return Array.AsReadOnly(candidates);
        }

        private static IReadOnlyList<CrossStreet> CrossStreets(pole_candidate* candidate)
        {
            var streets = new List<CrossStreet>();
            string first = Utf8.ReadOrNull(candidate->cross_streets_0);
            string second = Utf8.ReadOrNull(candidate->cross_streets_1);
            if (first != null) {
                streets.Add(
                    new CrossStreet { Name = first, DistanceM = candidate->cross_street_m[0] });
            }
            if (second != null) {
                streets.Add(
                    new CrossStreet { Name = second, DistanceM = candidate->cross_street_m[1] });
            }
            return streets.AsReadOnly();
        }

        private static IReadOnlyList<Neighbour> Neighbours(PoleIndex index, IntPtr native,
                                                           pole_candidate* candidate)
        {
            var neighbours = new Neighbour[(int)candidate->neighbour_count];
            for (int i = 0; i < neighbours.Length; i++) {
                pole_neighbour* neighbour = &candidate->neighbours[i];
                neighbours[i] = new Neighbour {
                    Pole = index.PoleAt(native, neighbour->row),
                    DistanceM = neighbour->distance_m,
                    BearingDeg = neighbour->bearing_deg
                };
            }
            return Array.AsReadOnly(neighbours);
        }

        private static IReadOnlyList<Edit> Edits(pole_candidate* candidate)
        {
            var edits = new Edit[(int)candidate->edit_count];
            for (int i = 0; i < edits.Length; i++) {
                edits[i] = new Edit(&candidate->edits[i]);
            }
            return Array.AsReadOnly(edits);
        }

        private static FarRival FarRival(PoleIndex index, IntPtr native, IntPtr resolution)
        {
            pole_far_rival rival;
            rival.struct_size = (uint)sizeof(pole_far_rival);
            int status = NativeMethods.pole_resolution_far_rival(resolution, &rival);
            if (status == (int)PoleStatus.NotFound) {
                return null;
            }
            PoleException.Check(status);
            var digits = new List<int>();
            for (int i = 1; i <= 31; i++) {
                if ((rival.digits >> i & 1) != 0) {
                    digits.Add(i);
                }
            }
            return new FarRival {
                Pole = index.PoleAt(native, rival.row), Confidence = rival.confidence,
                DistanceM = rival.distance_m, Station = index.StationAt(native, rival.station),
                Digits = digits.AsReadOnly()
            };
        }

        private static Estimate Estimate(PoleIndex index, IntPtr native, IntPtr resolution)
        {
            pole_estimate estimate;
            estimate.struct_size = (uint)sizeof(pole_estimate);
            int status = NativeMethods.pole_resolution_estimate(resolution, &estimate);
            if (status == (int)PoleStatus.NotFound) {
                return null;
            }
            PoleException.Check(status);
            return new Estimate {
                Key = estimate.code,
                At = estimate.at,
                RadiusM = estimate.radius_m,
                Confidence = Number.OrNull(estimate.confidence),
                Between = Array.AsReadOnly(new[] { index.PoleAt(native, estimate.between[0]),
                                                   index.PoleAt(native, estimate.between[1]) }),
                Stations = index.HitsOf(native, estimate.stations, estimate.station_count),
                AreaEdge = index.EdgeOf(native, estimate.area_edge)
            };
        }

        private static Question Question(PoleIndex index, IntPtr native, IntPtr resolution)
        {
            pole_question question;
            question.struct_size = (uint)sizeof(pole_question);
            PoleException.Check(NativeMethods.pole_resolution_question(resolution, &question));
            var options = new QuestionOption[(int)question.option_count];
            for (int i = 0; i < options.Length; i++) {
                pole_question_option* option = &question.options[i];
                var poles = new Pole[(int)option->row_count];
                for (int k = 0; k < poles.Length; k++) {
                    poles[k] = index.PoleAt(native, option->rows[k]);
                }
                options[i] = new QuestionOption { Answer = Utf8.Read(option->answer),
                                                  Poles = Array.AsReadOnly(poles) };
            }
            return new Question(&question, Array.AsReadOnly(options));
        }

        private static IReadOnlyList<EvidenceUsed> Evidence(PoleIndex index, IntPtr native,
                                                            IntPtr resolution, int count)
        {
            var pieces = new EvidenceUsed[count];
            for (int i = 0; i < count; i++) {
                pole_evidence_used used;
                used.struct_size = (uint)sizeof(pole_evidence_used);
                PoleException.Check(NativeMethods.pole_resolution_evidence(
                    resolution, (UIntPtr)(uint)i, &used));
                pieces[i] = new EvidenceUsed {
                    Kind = (EvidenceKinds)used.kind,
                    At = double.IsNaN(used.at.LatDeg) ? (PolePoint?)null : used.at,
                    SigmaM = Number.OrNull(used.sigma_m),
                    Given = Utf8.ReadOrNull(used.given),
                    Crs = Utf8.ReadOrNull(used.crs),
                    Agrees = used.agrees,
                    Outside = used.outside == PoleIndex.NoRow ? null
                                                              : index.PoleAt(native, used.outside),
                    OutsideShare = Number.OrNull(used.outside_share)
                };
            }
            return Array.AsReadOnly(pieces);
        }
    }
}
